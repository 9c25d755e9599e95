using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Fluentd;

/// <summary>
/// The events of a batch as messages of the modes PackedForward and CompressedPackedForward: grouped by tag in the order in which tags
/// appear, the events of a tag in their order, each message below the limit. Serves for one batch after the other.
/// </summary>
internal sealed class ForwardBatch(FluentdSettings settings, EventTags tags, string destination) : IDisposable
{
    private const int Failed = -1;
    private const int IdBytes = 16;

    private readonly bool _isCompressed = settings.Compression == FluentdCompression.Gzip;
    private readonly byte[] _destination = Encoding.UTF8.GetBytes(destination);
    private readonly MessagePackBuffer _messages = new();
    private readonly MessagePackBuffer _entries = new();
    private readonly MessagePackBuffer _identity = new();
    private readonly MemoryStream _compressed = new();
    private readonly List<TagGroup> _groups = [];
    private readonly List<ForwardChunk> _chunks = [];
    private int[] _nextOfTag = [];
    private int[] _chunkOf = [];
    private List<EventFailure>? _failures;
    private int _count;

    public IReadOnlyList<ForwardChunk> Chunks => _chunks;

    /// <summary>Whether any message counts as delivered already.</summary>
    public bool IsDeliveredInPart => _chunks.Exists(chunk => chunk.IsDelivered);

    /// <summary>The bytes of consecutive messages.</summary>
    public ReadOnlyMemory<byte> BytesOf(int firstChunk, int afterLast) =>
        _messages.Written[_chunks[firstChunk].Start.._chunks[afterLast - 1].End];

    /// <summary>Writes the messages of a batch in place of those of the one before.</summary>
    public void Fill(EventBatch batch)
    {
        _messages.Length = 0;
        _entries.Length = 0;
        _groups.Clear();
        _chunks.Clear();
        _failures = null;
        _count = batch.Count;
        if (_chunkOf.Length < _count)
        {
            _nextOfTag = new int[_count];
            _chunkOf = new int[_count];
        }

        for (int index = 0; index < _count; index++)
            Group(batch, index);
        bool isJson = JsonMediaType.Matches(batch.ContentType);
        foreach (TagGroup group in _groups)
            Write(batch, group, isJson);
    }

    /// <summary>What became of the batch.</summary>
    /// <param name="whyNot">Why messages that do not count as delivered do not.</param>
    public DeliveryResult Conclude(string whyNot)
    {
        if (_failures is null && _chunks is [{ IsDelivered: true }])
            return settings.RequireAck ? DeliveryResult.Acknowledged(_chunks[0].Id) : DeliveryResult.Delivered;
        string?[] acknowledgements = new string?[_count];
        for (int index = 0; index < _count; index++)
        {
            if (_chunkOf[index] == Failed)
                continue;
            ForwardChunk chunk = _chunks[_chunkOf[index]];
            if (chunk.IsDelivered)
                acknowledgements[index] = chunk.Id;
            else
                Fail(index, FailureKind.Transient, whyNot);
        }

        DeliveryResult result = _failures is null ? DeliveryResult.Delivered : DeliveryResult.Partial(_failures);
        return settings.RequireAck ? result.WithAcknowledgements(acknowledgements) : result;
    }

    public void Dispose()
    {
        _messages.Dispose();
        _entries.Dispose();
        _identity.Dispose();
        _compressed.Dispose();
        tags.Dispose();
    }

    private void Group(EventBatch batch, int index)
    {
        _nextOfTag[index] = Failed;
        byte[] tag;
        try
        {
            tag = tags.Of(batch[index].Event);
        }
        catch (FormatException exception)
        {
            Fail(index, FailureKind.Rejected, $"The event has no tag: {exception.Message}");
            return;
        }

        Span<TagGroup> groups = CollectionsMarshal.AsSpan(_groups);
        for (int i = groups.Length - 1; i >= 0; i--)
        {
            if (groups[i].Tag != tag)
                continue;
            _nextOfTag[groups[i].Last] = index;
            groups[i].Last = index;
            return;
        }

        _groups.Add(new TagGroup(tag, index, index));
    }

    private void Write(EventBatch batch, TagGroup group, bool isJson)
    {
        int count = 0;
        Begin(batch, group.First);
        for (int index = group.First; index != Failed; index = _nextOfTag[index])
        {
            int start = _entries.Length;
            if (!WriteEntry(in batch[index], index, isJson))
                continue;
            int length = _entries.Length - start;
            if (_entries.Length > settings.MaxChunkBytes)
            {
                Finish(group.Tag, start, count);
                _entries.Written.Span[start..].CopyTo(_entries.Written.Span);
                _entries.Length = length;
                Begin(batch, index);
                count = 0;
            }

            _chunkOf[index] = _chunks.Count;
            WriteIdentity(batch[index].Event.Sequence);
            count++;
        }

        if (count > 0)
            Finish(group.Tag, _entries.Length, count);
        _entries.Length = 0;
    }

    private bool WriteEntry(in OutboundEvent outbound, int index, bool isJson)
    {
        int start = _entries.Length;
        if (outbound.Payload.IsEmpty)
        {
            Fail(index, FailureKind.Rejected, "The event is empty.");
            return false;
        }

        _entries.WriteByte(0x92);
        EventTime.Write(outbound.Event, _entries);
        RecordWriter.Write(outbound.Payload.Span, isJson, _entries);
        int length = _entries.Length - start;
        if (length <= settings.MaxChunkBytes)
            return true;
        _entries.Length = start;
        Fail(index, FailureKind.TooLarge, $"The event has {length} bytes, the limit (max_chunk_bytes) is {settings.MaxChunkBytes}.");
        return false;
    }

    // The id follows from the events: another attempt has the same one, as with Fluentd's own output. The connection of the attempt before
    // is closed by then, so that no two are ever outstanding.
    private void Begin(EventBatch batch, int first)
    {
        _identity.Length = 0;
        _identity.WriteRaw(_destination);
        int length = Encoding.UTF8.GetBytes(batch[first].Key, _identity.GetSpan(Encoding.UTF8.GetMaxByteCount(batch[first].Key.Length)));
        _identity.Advance(length);
    }

    private void WriteIdentity(ulong sequence)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_identity.GetSpan(sizeof(ulong)), sequence);
        _identity.Advance(sizeof(ulong));
    }

    /// <summary>Makes a message of the first entries.</summary>
    private void Finish(byte[] tag, int length, int count)
    {
        _identity.WriteRaw(tag);
        string id = Convert.ToBase64String(SHA256.HashData(_identity.Written.Span).AsSpan(0, IdBytes));
        ReadOnlySpan<byte> body = _entries.Written.Span[..length];
        if (_isCompressed)
            body = Compress(body);
        int start = _messages.Length;
        _messages.WriteByte(0x93);
        _messages.WriteString(tag);
        _messages.Advance(MessagePackBuffer.WriteBinaryHeader(_messages.GetSpan(5), body.Length));
        _messages.WriteRaw(body);
        WriteOption(count, id);
        _chunks.Add(new ForwardChunk(id, start, _messages.Length));
    }

    private void WriteOption(int count, string id)
    {
        _messages.WriteByte((byte)(0x81 + (settings.RequireAck ? 1 : 0) + (_isCompressed ? 1 : 0)));
        _messages.WriteString("size"u8);
        _messages.WriteInteger(count);
        if (settings.RequireAck)
        {
            _messages.WriteString("chunk"u8);
            _messages.WriteString(Encoding.ASCII.GetBytes(id));
        }

        if (_isCompressed)
        {
            _messages.WriteString("compressed"u8);
            _messages.WriteString("gzip"u8);
        }
    }

    private ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> body)
    {
        _compressed.SetLength(0);
        using (var gzip = new GZipStream(_compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body);
        return _compressed.GetBuffer().AsSpan(0, (int)_compressed.Length);
    }

    private void Fail(int index, FailureKind kind, string reason)
    {
        _chunkOf[index] = Failed;
        (_failures ??= []).Add(new EventFailure(index, kind, reason));
    }
}
