using System.Diagnostics.Metrics;

namespace AuditHost.Telemetry;

/// <summary>The two durations of a destination: one call of its connector, and the way of an event from acceptance to acknowledgement.</summary>
internal sealed class DeliveryHistograms(string destination, bool enabled)
{
    private static readonly Histogram<double> Send =
        HostMeter.Instance.CreateHistogram<double>("delivery_duration_seconds", "s", "Duration of one call of a connector.");

    private static readonly Histogram<double> Latency =
        HostMeter.Instance.CreateHistogram<double>("event_latency_seconds", "s", "From acceptance to acknowledgement, of the first event of each batch.");

    private readonly KeyValuePair<string, object?> _destination = new("destination", destination);

    public void RecordSend(TimeSpan duration)
    {
        if (enabled)
            Send.Record(duration.TotalSeconds, _destination);
    }

    public void RecordLatency(TimeSpan latency)
    {
        if (enabled)
            Latency.Record(latency.TotalSeconds, _destination);
    }
}
