using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Formatting;
using AuditHost.Lanes;
using AuditHost.Lanes.Poison;
using AuditHost.Sdk;
using AuditHost.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Tests.Delivery;

/// <summary>A real delivery chain around a scripted connector, under a clock of the test's own.</summary>
internal sealed class ChainFixture : IDisposable
{
    private readonly DeliveryPlaces _places = new(100);
    private CancellationTokenSource _stop = new();

    public ChainFixture(IConnector connector, Func<DestinationOptions, DestinationOptions>? configure = null, bool splittable = true, Framing framing = Framing.Newline, IBodyFormatter? body = null)
    {
        DestinationOptions options = new()
        {
            Name = "d", Section = "siem", Type = "scripted", Enabled = true, Location = new SourceLocation("site.yaml", 1, 1),
            Breaker = new BreakerOptions { Enabled = false },
        };
        options = configure?.Invoke(options) ?? options;
        Renderer = new BatchRenderer("d", Guid.Empty, BatchContent.Body | BatchContent.Payload, framing, new IdFormatter(), body);
        Watch = new DeliveryWatch(Statistics, new DeliveryHistograms("d", false), text => text.Replace("s3cret", "***", StringComparison.Ordinal), Time, NullLogger.Instance);
        Chain = new DeliveryChain(options, connector, new ConnectorInfo("scripted", "For tests.") { Splittable = splittable }, 8, Renderer, _places, Watch, new PoisonGuard(null, new PoisonTurns(Time), Time, NullLogger.Instance), Time, NullLogger.Instance);
    }

    public ManualTimeProvider Time { get; } = new();

    public LaneStatistics Statistics { get; } = new();

    public DeliveryWatch Watch { get; }

    public DeliveryChain Chain { get; }

    public BatchRenderer Renderer { get; }

    public LaneBatch Batch(int count) => Batch([.. Enumerable.Range(1, count).Select(number => Events.Numbered(number, Time.GetUtcNow()))]);

    public LaneBatch Batch(params AuditEvent[] events)
    {
        var batch = new LaneBatch();
        batch.Open(events[0].Sequence, Time.GetTimestamp());
        foreach (AuditEvent auditEvent in events)
            Renderer.Append(batch, auditEvent);
        return batch;
    }

    /// <summary>Delivers and lets the clock run whenever the chain waits.</summary>
    /// <returns>The job, and each pause the chain made.</returns>
    public async Task<(DeliveryJob Job, List<TimeSpan> Pauses)> DeliverAsync(LaneBatch batch, int maxPauses = 100)
    {
        var job = new DeliveryJob(batch);
        List<TimeSpan> pauses = [];
        Task delivery = Chain.DeliverAsync(job, _stop.Token, _stop.Token);
        while (!delivery.IsCompleted && pauses.Count < maxPauses)
        {
            if (await Task.WhenAny(delivery, Time.WaitForTimersAsync()) != delivery)
                pauses.Add(Time.AdvanceToNextTimer());
        }

        if (delivery.IsCompleted)
            await delivery;
        return (job, pauses);
    }

    /// <summary>Ends every delivery under way.</summary>
    public void Stop()
    {
        _stop.Cancel();
        _stop.Dispose();
        _stop = new CancellationTokenSource();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }
}
