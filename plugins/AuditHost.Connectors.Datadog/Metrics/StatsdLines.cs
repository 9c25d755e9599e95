using System.Globalization;
using System.Text;
using AuditHost.PluginKit.Text;

namespace AuditHost.Connectors.Datadog.Metrics;

/// <summary>
/// Writes metrics as lines of DogStatsD ("DogStatsD Datagram Format"): <c>name:value|type|#tag,tag</c>, values of a distribution packed as version 1.1 of
/// the protocol has them. Without a time: the Agent then adds up what comes within its interval.
/// </summary>
internal sealed class StatsdLines
{
    /// <summary>What passes a network unbroken, and what an Agent reads at a time (dogstatsd_buffer_size).</summary>
    private const int MaxUdpBytes = 1432;
    private const int MaxUnixBytes = 8192;

    private const int MaxNumberBytes = 32;

    private readonly byte[] _tags;

    public StatsdLines(DatadogOptions options)
    {
        MaxBytes = options.DogStatsd.Scheme == "unix" ? MaxUnixBytes : MaxUdpBytes;
        _tags = Encoding.UTF8.GetBytes(string.Join(',', options.Tags.Select(static tag => tag.Replace(',', '_'))));
    }

    /// <summary>The most bytes of a datagram.</summary>
    public int MaxBytes { get; }

    public void Write(AuditMetrics metrics, Datagrams datagrams)
    {
        using var line = new PooledBuffer(MaxBytes);
        foreach (SeriesFamily family in metrics.Families)
        {
            for (int series = 0; series < family.Count; series++)
            {
                line.Clear();
                Append(line, family.Name);
                Append(line, ":"u8);
                AppendNumber(line, family.Value(series));
                Append(line, family.Type == MetricType.Count ? "|c|#"u8 : "|g|#"u8);
                Append(line, _tags);
                for (int tag = 0; tag < family.Tags.Count; tag++)
                    AppendTag(line, family.Tags[tag].Name, family.TagOf(series, tag));
                datagrams.Add(line.Written.Span);
            }
        }

        for (int number = 0; number < metrics.Durations.Tag.Limit; number++)
            WriteValues(metrics.Durations, number, line, datagrams);
    }

    private void WriteValues(DurationFamily durations, int number, PooledBuffer line, Datagrams datagrams)
    {
        ReadOnlySpan<double> values = durations.Values(number);
        if (values.IsEmpty)
            return;
        using var end = new PooledBuffer(MaxBytes);
        Append(end, "|d|#"u8);
        Append(end, _tags);
        AppendTag(end, durations.Tag.Name, durations.Tag[number]);
        while (!values.IsEmpty)
        {
            line.Clear();
            Append(line, durations.Name);
            while (!values.IsEmpty && (line.Length == durations.Name.Length || line.Length + 1 + MaxNumberBytes + end.Length <= MaxBytes))
            {
                Append(line, ":"u8);
                AppendNumber(line, values[0]);
                values = values[1..];
            }

            Append(line, end.Written.Span);
            datagrams.Add(line.Written.Span);
        }
    }

    private static void AppendTag(PooledBuffer line, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Append(line, ","u8);
        Append(line, name);
        Append(line, ":"u8);
        Append(line, value);
    }

    private static void AppendNumber(PooledBuffer line, double number)
    {
        number.TryFormat(line.GetSpan(MaxNumberBytes), out int length, provider: CultureInfo.InvariantCulture);
        line.Advance(length);
    }

    private static void Append(PooledBuffer line, ReadOnlySpan<byte> text)
    {
        text.CopyTo(line.GetSpan(text.Length));
        line.Advance(text.Length);
    }
}
