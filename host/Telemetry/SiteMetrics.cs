using System.Diagnostics.Metrics;
using AuditHost.Dashboard;
using AuditHost.Delivery;
using AuditHost.Journal;
using AuditHost.Lanes;

namespace AuditHost.Telemetry;

/// <summary>Publishes a site's books and its journal on the host's meter. Everything is read when somebody asks, nothing is counted twice.</summary>
internal sealed class SiteMetrics : IDisposable
{
    private readonly Meter _meter = new(HostMeter.Name);
    private readonly BooksSnapshot _books;

    public SiteMetrics(Site site)
    {
        _books = new BooksSnapshot(site);
        Books("events_accepted_total", "Events accepted since the destination was added.", books => books.Accepted);
        Books("events_delivered_total", "Events the destination acknowledged.", books => books.State.Delivered);
        Books("events_filtered_total", "Events that were not for the destination.", books => books.State.Filtered);
        Books("events_dropped_total", "Events given up by a named policy.", books => books.State.Dropped);
        _meter.CreateObservableCounter(
            "events_given_up_total",
            () => site.Drops.Totals.Select(total => new Measurement<double>(
                total.Events,
                new KeyValuePair<string, object?>("destination", total.Destination),
                new KeyValuePair<string, object?>("reason", StatusReport.NameOf(total.Reason.ToString())))),
            null,
            "Events given up since the start, by the policy or order that gave them up.");
        Gauge(site, "backlog_bytes", "Bytes of the journal that wait.", lane => (ulong)lane.BacklogBytes);
        Waiting("events_buffered", "Events that wait in the journal.", books => books.Buffered);
        Waiting("events_dead_lettered", "Events the destination refused, kept as dead letters.", books => books.State.DeadLettered);
        Gauge(site, "destination_healthy", "1 where the destination takes events.", lane => lane.Destination.Watch.Health == DestinationHealth.Healthy ? 1UL : 0);
        Gauge(site, "destination_stalled", "1 where the cursor has not moved for too long while events wait.", lane => lane.Progress.IsStalled ? 1 : 0);
        Gauge(site, "destination_unmoved_seconds", "For how long events have waited without the cursor moving.", lane => lane.Progress.Unmoved.TotalSeconds);
        Gauge(site, "destination_oldest_undelivered_seconds", "Age of the oldest event that is not settled; 0 where none waits.", lane => lane.Progress.OldestAge?.TotalSeconds ?? 0);
        Gauge(site, "breaker_open", "1 while the circuit breaker keeps calls back.", lane => lane.Destination.Chain.Breaker?.State == BreakerState.Open ? 1UL : 0);
        Gauge(site, "destination_concurrency_limit", "How many batches may be on their way at a time now.", lane => lane.Destination.Chain.Concurrency.Current);
        Counter(site, "delivery_attempts_total", "Calls of the connector since the start.", lane => (ulong)lane.Destination.Statistics.Attempts);
        Counter(site, "delivery_failures_total", "Calls that did not deliver the whole batch.", lane => (ulong)lane.Destination.Statistics.FailedAttempts);
        Counter(site, "delivered_bytes_total", "Bytes of delivered bodies since the start.", lane => (ulong)lane.Destination.Statistics.DeliveredBytes);

        Processes(site, "plugin_process_restarts_total", "How often another process had to be started for the destination's plugin.", process => process.Restarts, counts: true);
        Processes(site, "plugin_process_resident_bytes", "Memory of the plugin's own process; 0 where none runs.", process => process.ResidentBytes, counts: false);
        _meter.CreateObservableCounter(
            "template_reloads_total", () => TemplateReloads(site), null, "Changed contents of a destination's template, by whether they were taken up or refused.");
        Gauge(site, "template_refused", "1 where the template's file holds a content that is not used.", lane => lane.Destination.TemplateProblem is null ? 0 : 1);

        Sources(site, "source_events_total", "Events accepted from a source since the start.", source => source.Counters.Accepted);
        Sources(site, "source_duplicates_total", "Events that were stored already and were accepted without being stored again.", source => source.Counters.Duplicates);
        Sources(site, "source_bytes_total", "Bytes of accepted events.", source => source.Counters.Bytes);
        Sources(site, "source_rejected_total", "Pieces of input that were no events.", source => source.Counters.Rejected);
        Sources(site, "source_refused_total", "Good events turned away because the journal took none.", source => source.Counters.Refused);

        EventJournal journal = site.Journal;
        _meter.CreateObservableGauge("journal_bytes", () => journal.BytesOnDisk, "By", "What the journal takes on disk.");
        _meter.CreateObservableGauge("journal_segments", () => journal.SegmentCount, null, "Segment files.");
        _meter.CreateObservableGauge("journal_next_sequence", () => (double)journal.NextSequence, null, "The next sequence number to be given.");
        _meter.CreateObservableGauge("journal_accepting", () => journal is { IsFull: false, Failure: null } ? 1 : 0, null, "1 where new events are taken.");
        _meter.CreateObservableCounter("journal_commits_total", () => journal.Commits, null, "Groups written and synced since the start.");
        _meter.CreateObservableGauge("journal_damaged_places", () => journal.Damage.Count, null, "Places in the journal found damaged.");
        _meter.CreateObservableCounter("journal_damaged_events_total", () => (double)journal.Damage.LostEvents, null, "Accepted events that cannot be read any more, each counted once; those in quarantine since earlier starts too.");
        _meter.CreateObservableCounter("dead_letters_damaged_total", () => (double)site.DeadLetters.Damage.LostEvents, null, "Entries of the dead letters that cannot be read any more.");
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>Figures of those destinations whose plugin has a process of its own.</summary>
    private void Processes(Site site, string name, string description, Func<IPluginProcess, long> read, bool counts)
    {
        if (counts)
            _meter.CreateObservableCounter(name, Read, null, description);
        else
            _meter.CreateObservableGauge(name, Read, null, description);

        IEnumerable<Measurement<double>> Read() => site.Lanes
            .Where(lane => lane.Destination.Process is not null)
            .Select(lane => Measure(lane.Destination.Options.Name, read(lane.Destination.Process!)));
    }

    private void Books(string name, string description, Func<LaneBooks, ulong> read) =>
        _meter.CreateObservableCounter(name, () => Measure(name, read), null, description);

    private void Waiting(string name, string description, Func<LaneBooks, ulong> read) =>
        _meter.CreateObservableGauge(name, () => Measure(name, read), null, description);

    private Measurement<double>[] Measure(string name, Func<LaneBooks, ulong> read) =>
        Array.ConvertAll(_books.For(name), books => Measure(books.Destination, read(books)));

    private static IEnumerable<Measurement<long>> TemplateReloads(Site site)
    {
        foreach (Lane lane in site.Lanes)
        {
            if (lane.Destination.Renderer.Template is not { } template)
                continue;
            var destination = new KeyValuePair<string, object?>("destination", lane.Destination.Options.Name);
            var name = new KeyValuePair<string, object?>("template", template.Current.File.Name);
            yield return new Measurement<long>(template.Reloads, destination, name, new KeyValuePair<string, object?>("outcome", "loaded"));
            yield return new Measurement<long>(template.Refusals, destination, name, new KeyValuePair<string, object?>("outcome", "refused"));
        }
    }

    private void Counter(Site site, string name, string description, Func<Lane, ulong> read) =>
        _meter.CreateObservableCounter(name, () => site.Lanes.Select(lane => Measure(lane.Destination.Options.Name, read(lane))), null, description);

    private void Gauge(Site site, string name, string description, Func<Lane, double> read) =>
        _meter.CreateObservableGauge(name, () => site.Lanes.Select(lane => Measure(lane.Destination.Options.Name, read(lane))), null, description);

    private void Sources(Site site, string name, string description, Func<Intake.IEventSource, long> read) =>
        _meter.CreateObservableCounter(
            name,
            () => site.Sources.Select(source => new Measurement<long>(read(source), new KeyValuePair<string, object?>("source", source.Name))),
            null,
            description);

    private static Measurement<double> Measure(string destination, double value) =>
        new(value, new KeyValuePair<string, object?>("destination", destination));
}
