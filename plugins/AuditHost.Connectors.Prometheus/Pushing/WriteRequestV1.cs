using System.Buffers;
using AuditHost.Connectors.Prometheus.Metrics;
using AuditHost.PluginKit.Text;

namespace AuditHost.Connectors.Prometheus.Pushing;

/// <summary><c>prometheus.WriteRequest</c> of remote write 1.0.</summary>
/// <param name="labels">Orders the labels.</param>
/// <param name="timestamp">The time of all samples, in milliseconds since 1970.</param>
internal sealed class WriteRequestV1(SeriesLabels labels, long timestamp) : IWriteRequest
{
    private readonly PooledBuffer _message = new(64 << 10);
    private readonly PooledBuffer _series = new(1024);
    private readonly PooledBuffer _part = new(256);

    public int Samples { get; private set; }

    public void Family(FamilyName family)
    {
        // Version 1.0 has no place for what a family is.
    }

    public void Sample(byte[] name, ReadOnlySpan<Label> series, double value)
    {
        _series.Clear();
        foreach (Label label in labels.Of(name, series))
        {
            _part.Clear();
            ProtobufWriter.Bytes(_part, 1, label.Name);
            ProtobufWriter.Bytes(_part, 2, label.Value);
            ProtobufWriter.Bytes(_series, 1, _part.Written.Span);
        }

        _part.Clear();
        ProtobufWriter.Double(_part, 1, value);
        ProtobufWriter.Varint(_part, 2, (ulong)timestamp);
        ProtobufWriter.Bytes(_series, 2, _part.Written.Span);
        ProtobufWriter.Bytes(_message, 1, _series.Written.Span);
        Samples++;
    }

    public void WriteTo(IBufferWriter<byte> output) => output.Write(_message.Written.Span);

    public void Dispose()
    {
        _message.Dispose();
        _series.Dispose();
        _part.Dispose();
    }
}
