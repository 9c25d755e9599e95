using System.Diagnostics.Metrics;
using System.Text;
using AuditHost.PluginKit.Metrics;

namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>
/// The families of the integration itself, read from the meter on which the host publishes its figures. A plugin in a process of its own
/// hears no meter: of these families it has the trail's integrity alone, by what events say.
/// </summary>
internal sealed class HostFigures : IDisposable
{
    private const string HostMeter = "audithost";
    private const string SendDuration = "delivery_duration_seconds";
    private const string Attempts = "delivery_attempts_total";
    private const string Failures = "delivery_failures_total";
    private const string Healthy = "destination_healthy";
    private const string Accepting = "journal_accepting";
    private const string Damage = "journal_damaged_places";

    private static readonly HashSet<string> Instruments = [SendDuration, Attempts, Failures, Healthy, Accepting, Damage];

    private static readonly double[] SendBounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30];

    /// <summary>One reading at a time. Never taken where the host calls, which may hold locks of its own.</summary>
    private readonly Lock _reading = new();

    /// <summary>Guards the durations and the destinations, which come in whenever the host has sent something.</summary>
    private readonly Lock _recording = new();
    private readonly LabelValues _destinations = new(MetricLimits.LabelValues);
    private readonly Dictionary<string, int> _numbers = [];
    private readonly HistogramFamily _durations;
    private readonly ValueFamily _deliveries;
    private readonly ValueFamily _successRate;
    private readonly ValueFamily _health;
    private readonly ValueFamily _integrity;
    private readonly double[] _attempts = new double[MetricLimits.LabelValues];
    private readonly double[] _failures = new double[MetricLimits.LabelValues];
    private readonly bool[] _seen = new bool[MetricLimits.LabelValues];
    private MeterListener? _listener;
    private double? _accepting;
    private double _damage;
    private int _healthy;
    private int _known;

    public HostFigures(FamilyNames names)
    {
        (string, LabelValues) destination = ("destination", _destinations);
        _deliveries = new ValueFamily(
            names.Of("integration_deliveries_total", MetricType.Counter, "Calls of a destination's connector since the start, by how they ended."),
            destination,
            ("status", new LabelValues(3, "success", "failure")));
        _durations = new HistogramFamily(
            names.Of(
                "integration_delivery_duration", MetricType.Histogram, "integration_delivery_duration_seconds", MetricType.Histogram,
                "Duration of one call of a destination's connector, in seconds."),
            SendBounds,
            destination);
        _successRate = new ValueFamily(
            names.Of("integration_success_rate", MetricType.Gauge, "Share of calls since the start that delivered, 0 to 1."), destination);
        _health = new ValueFamily(
            names.Of("audit_system_health", MetricType.Gauge, "Share of destinations that take events, 0 to 1; 0 while the journal takes none."));
        _integrity = new ValueFamily(
            names.Of("audit_trail_integrity", MetricType.Gauge, "1 while nothing speaks against the trail; 0 once the journal is damaged or an event reports a violation of integrity."));
    }

    /// <summary>Begins to listen. A second call does nothing.</summary>
    public void Start()
    {
        if (_listener is not null)
            return;
        _listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == HostMeter && Instruments.Contains(instrument.Name))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument.Name, value, tags));
        _listener.Start();
    }

    /// <summary>Reads the meter and writes what it says.</summary>
    /// <param name="writer">Takes the families.</param>
    /// <param name="integrityViolated">Whether an event has reported that integrity was violated.</param>
    public void WriteTo(IMetricsWriter writer, bool integrityViolated)
    {
        lock (_reading)
        {
            Read();
            Sum(integrityViolated);
            _deliveries.WriteTo(writer);
            lock (_recording)
                _durations.WriteTo(writer);
            _successRate.WriteTo(writer);
            _health.WriteTo(writer);
            _integrity.WriteTo(writer);
        }
    }

    public void Dispose() => _listener?.Dispose();

    private void Read()
    {
        Array.Clear(_attempts);
        Array.Clear(_failures);
        Array.Clear(_seen);
        (_accepting, _damage, _healthy, _known) = (null, 0, 0, 0);
        try
        {
            _listener?.RecordObservableInstruments();
        }
        catch (AggregateException)
        {
            // A figure that the host cannot give just now, for instance while it takes up another site, is missing this once.
        }
    }

    private void Sum(bool integrityViolated)
    {
        _deliveries.Clear();
        _successRate.Clear();
        _health.Clear();
        _integrity.Clear();
        for (int destination = 0; destination < _seen.Length; destination++)
        {
            if (!_seen[destination])
                continue;
            double succeeded = Math.Max(0, _attempts[destination] - _failures[destination]);
            _deliveries.Set(succeeded, destination, 0);
            _deliveries.Set(_failures[destination], destination, 1);
            if (_attempts[destination] > 0)
                _successRate.Set(succeeded / _attempts[destination], destination);
        }

        if (_accepting is { } accepting)
            _health.Set(accepting == 0 ? 0 : _known == 0 ? 1 : (double)_healthy / _known);
        _integrity.Set(_damage > 0 || integrityViolated ? 0 : 1);
    }

    private void Record(string instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        switch (instrument)
        {
            case SendDuration:
                lock (_recording)
                    _durations.Observe(value, NumberOf(tags));
                break;
            case Attempts:
                int attempted = Find(tags);
                _seen[attempted] = true;
                _attempts[attempted] += value;
                break;
            case Failures:
                _failures[Find(tags)] += value;
                break;
            case Healthy:
                _known++;
                _healthy += value > 0 ? 1 : 0;
                break;
            case Accepting:
                _accepting = Math.Min(_accepting ?? 1, value);
                break;
            case Damage:
                _damage += value;
                break;
        }
    }

    private int Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_recording)
            return NumberOf(tags);
    }

    private int NumberOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string name = string.Empty;
        foreach ((string key, object? value) in tags)
        {
            if (key == "destination")
                name = value as string ?? string.Empty;
        }

        if (!_numbers.TryGetValue(name, out int number))
        {
            number = _destinations.IndexOf(Encoding.UTF8.GetBytes(name.Length > 0 ? name : "unknown"));
            _numbers[name] = number;
        }

        return number;
    }
}
