using System.Buffers;
using System.Text;
using AuditHost.Connectors.Prometheus.Metrics;
using AuditHost.PluginKit.Text;

namespace AuditHost.Connectors.Prometheus.Pushing;

/// <summary><c>io.prometheus.write.v2.Request</c> of remote write 2.0: texts stand once in a table, series refer to them.</summary>
/// <param name="labels">Orders the labels.</param>
/// <param name="timestamp">The time of all samples, in milliseconds since 1970.</param>
internal sealed class WriteRequestV2(SeriesLabels labels, long timestamp) : IWriteRequest
{
    private readonly PooledBuffer _message = new(64 << 10);
    private readonly PooledBuffer _series = new(256);
    private readonly PooledBuffer _part = new(64);

    /// <summary>The first symbol is empty by the rules: reference 0 means nothing.</summary>
    private readonly Dictionary<string, int> _symbols = new(StringComparer.Ordinal) { [string.Empty] = 0 };
    private MetricType _type;
    private int _help;

    public int Samples { get; private set; }

    public void Family(FamilyName family)
    {
        _type = family.Type;
        _help = ReferenceTo(family.Help);
    }

    public void Sample(byte[] name, ReadOnlySpan<Label> series, double value)
    {
        _series.Clear();
        _part.Clear();
        foreach (Label label in labels.Of(name, series))
        {
            ProtobufWriter.Varint(_part, (ulong)ReferenceTo(label.Name));
            ProtobufWriter.Varint(_part, (ulong)ReferenceTo(label.Value));
        }

        ProtobufWriter.Bytes(_series, 1, _part.Written.Span);
        _part.Clear();
        ProtobufWriter.Double(_part, 1, value);
        ProtobufWriter.Varint(_part, 2, (ulong)timestamp);
        ProtobufWriter.Bytes(_series, 2, _part.Written.Span);
        _part.Clear();
        ProtobufWriter.Varint(_part, 1, TypeNumber(_type));
        ProtobufWriter.Varint(_part, 3, (ulong)_help);
        ProtobufWriter.Bytes(_series, 5, _part.Written.Span);
        ProtobufWriter.Bytes(_message, 5, _series.Written.Span);
        Samples++;
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        foreach (string symbol in _symbols.OrderBy(pair => pair.Value).Select(pair => pair.Key))
            ProtobufWriter.Bytes(output, 4, Encoding.UTF8.GetBytes(symbol));
        output.Write(_message.Written.Span);
    }

    public void Dispose()
    {
        _message.Dispose();
        _series.Dispose();
        _part.Dispose();
    }

    private int ReferenceTo(byte[] text)
    {
        string symbol = Encoding.UTF8.GetString(text);
        if (_symbols.TryGetValue(symbol, out int reference))
            return reference;
        reference = _symbols.Count;
        _symbols[symbol] = reference;
        return reference;
    }

    private static ulong TypeNumber(MetricType type) => type switch
    {
        MetricType.Counter => 1,
        MetricType.Gauge => 2,
        MetricType.Histogram => 3,
        _ => 0,
    };
}
