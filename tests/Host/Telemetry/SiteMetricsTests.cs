using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AuditHost.Sdk;
using AuditHost.Telemetry;
using AuditHost.Tests.Dashboard;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Telemetry;

[Promise("G2")]
public sealed class SiteMetricsTests : IDisposable
{
    private const string Destination = "metered";
    private readonly string _folder = Directory.CreateTempSubdirectory("audithost-metrics-").FullName;

    /// <summary>Written by the test, and by deliveries that measure themselves meanwhile.</summary>
    private readonly ConcurrentDictionary<string, double> _read = [];

    [Fact]
    public async Task Books_of_one_reading_balance_while_events_flow()
    {
        await using Site site = await ScriptedSite.OpenAsync(_folder, new Dictionary<string, IConnector> { [Destination] = new ScriptedConnector() });
        using var metrics = new SiteMetrics(site);
        using MeterListener listener = Listen();
        site.Start();
        var seen = new HashSet<double>();
        for (int first = 1; first <= 2000; first += 20)
        {
            Task appended = JournalFolder.AppendAsync(site.Journal, first, 20);
            do
            {
                listener.RecordObservableInstruments();
                Assert.Equal(
                    _read["events_accepted_total"],
                    _read["events_delivered_total"] + _read["events_buffered"] + _read["events_dead_lettered"] + _read["events_filtered_total"] + _read["events_dropped_total"]);
                seen.Add(_read["events_delivered_total"]);
            }
            while (!appended.IsCompleted);
            await appended;
        }

        Assert.True(await site.DrainAsync().WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken));
        listener.RecordObservableInstruments();
        Assert.Equal((2000, 2000, 0), (_read["events_accepted_total"], _read["events_delivered_total"], _read["events_buffered"]));
        Assert.True(seen.Count > 10, "The events must flow while they are counted.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == HostMeter.Name)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (tag is { Key: "destination", Value: Destination })
                    _read[instrument.Name] = value;
            }
        });
        listener.Start();
        return listener;
    }
}
