using System.IO.Compression;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Logstash;

/// <summary>The events of a batch as one window of Lumberjack 2. Serves for one batch after the other.</summary>
internal sealed class LumberjackWindow(EventWriter writer, LogstashCompression compression) : IDisposable
{
    private readonly PooledBuffer _frames = new(64 << 10);
    private readonly PooledBuffer _event = new(4 << 10);
    private readonly MemoryStream _compressed = new();
    private int[] _indexes = [];
    private List<EventFailure>? _failures;

    /// <summary>How many events the window has.</summary>
    public int Count { get; private set; }

    /// <summary>All of it as it goes out.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Writes the window of a batch in place of the one before.</summary>
    public void Fill(EventBatch batch)
    {
        ChooseEvents(batch);
        _frames.Clear();
        LumberjackFrame.WriteWindow(_frames.GetSpan(LumberjackFrame.WindowBytes), Count);
        _frames.Advance(LumberjackFrame.WindowBytes);
        bool isJson = JsonMediaType.Matches(batch.ContentType);
        for (int number = 1; number <= Count; number++)
            WriteEvent(in batch[_indexes[number - 1]], number, isJson);
        Bytes = compression == LogstashCompression.Zlib ? Compress() : _frames.Written;
    }

    /// <summary>What became of the batch.</summary>
    /// <param name="acknowledged">How many events of the window are acknowledged.</param>
    /// <param name="whyNot">Why the others are not.</param>
    public DeliveryResult Conclude(int acknowledged, string whyNot)
    {
        for (; acknowledged < Count; acknowledged++)
            Fail(_indexes[acknowledged], FailureKind.Transient, whyNot);
        return _failures is null ? DeliveryResult.Delivered : DeliveryResult.Partial(_failures);
    }

    public void Dispose()
    {
        _frames.Dispose();
        _event.Dispose();
        _compressed.Dispose();
    }

    private void ChooseEvents(EventBatch batch)
    {
        _failures = null;
        Count = 0;
        if (_indexes.Length < batch.Count)
            _indexes = new int[batch.Count];
        for (int index = 0; index < batch.Count; index++)
        {
            if (batch[index].Payload.IsEmpty)
                Fail(index, FailureKind.Rejected, "The event is empty.");
            else
                _indexes[Count++] = index;
        }
    }

    private void WriteEvent(in OutboundEvent outbound, int number, bool isJson)
    {
        _event.Clear();
        writer.Write(outbound.Event, outbound.Payload.Span, isJson, _event);
        int length = LumberjackFrame.DataHeaderBytes + _event.Length;
        Span<byte> target = _frames.GetSpan(length);
        LumberjackFrame.WriteDataHeader(target, number, _event.Length);
        _event.Written.Span.CopyTo(target[LumberjackFrame.DataHeaderBytes..]);
        _frames.Advance(length);
    }

    private ReadOnlyMemory<byte> Compress()
    {
        const int Head = LumberjackFrame.WindowBytes + LumberjackFrame.CompressedHeaderBytes;
        ReadOnlySpan<byte> plain = _frames.Written.Span;
        _compressed.SetLength(Head);
        _compressed.Position = Head;
        using (var zlib = new ZLibStream(_compressed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(plain[LumberjackFrame.WindowBytes..]);
        Memory<byte> bytes = _compressed.GetBuffer().AsMemory(0, (int)_compressed.Length);
        plain[..LumberjackFrame.WindowBytes].CopyTo(bytes.Span);
        LumberjackFrame.WriteCompressedHeader(bytes.Span[LumberjackFrame.WindowBytes..], bytes.Length - Head);
        return bytes;
    }

    private void Fail(int index, FailureKind kind, string reason) => (_failures ??= []).Add(new EventFailure(index, kind, reason));
}
