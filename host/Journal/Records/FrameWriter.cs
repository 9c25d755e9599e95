namespace AuditHost.Journal.Records;

/// <summary>Lays out one group of records in a page; <see cref="RecordLog.Append"/> writes it. The bytes are copied once, here.</summary>
internal ref struct FrameWriter
{
    private readonly RecordPage _page;
    private readonly uint _seed;
    private ulong _sequence;

    internal FrameWriter(RecordPage page, ulong firstSequence, uint seed)
    {
        _page = page;
        _seed = seed;
        _sequence = firstSequence;
        page.Reset(firstSequence);
        page.EnsureBuffer(FrameHeader.Size);
        page.Length = FrameHeader.Size;
    }

    /// <summary>The room a frame takes beside its records.</summary>
    public const int FrameOverhead = FrameHeader.Size + FrameTrailer.Size;

    /// <summary>The room a record takes beside its attributes and payload.</summary>
    public const int RecordOverhead = RecordHeader.Size;

    /// <summary>Adds an event under the next sequence number.</summary>
    public void AddEvent(ReadOnlySpan<byte> payload, long receivedAtTicks, RecordFlags flags = RecordFlags.None, scoped ReadOnlySpan<byte> attributes = default)
    {
        int start = Add(RecordKind.Event, payload, receivedAtTicks, flags, attributes);
        _page.Add(new RecordSlice(_sequence++, receivedAtTicks, flags, start, attributes.Length, payload.Length));
    }

    /// <summary>Adds a note of the log's own; it takes no sequence number and readers of events do not see it.</summary>
    public void AddControl(ReadOnlySpan<byte> payload, long receivedAtTicks) => Add(RecordKind.Control, payload, receivedAtTicks, RecordFlags.None, default);

    /// <summary>Closes the group. The header waits for the append, which knows the segment.</summary>
    public readonly void End()
    {
        _page.EnsureBuffer(_page.Length + FrameTrailer.Size);
        FrameTrailer.Write(_page.Buffer.AsSpan(_page.Length), _page.RecordCount, _seed);
        _page.Length += FrameTrailer.Size;
    }

    private int Add(RecordKind kind, ReadOnlySpan<byte> payload, long receivedAtTicks, RecordFlags flags, scoped ReadOnlySpan<byte> attributes)
    {
        int start = _page.Length + RecordHeader.Size;
        int contentLength = attributes.Length + payload.Length;
        _page.EnsureBuffer(start + contentLength);
        Span<byte> content = _page.Buffer.AsSpan(start, contentLength);
        attributes.CopyTo(content);
        payload.CopyTo(content[attributes.Length..]);
        var header = new RecordHeader(
            payload.Length, kind, flags, checked((ushort)attributes.Length), _sequence, receivedAtTicks, Crc32C.Of(_seed, content));
        header.Write(_page.Buffer.AsSpan(_page.Length), _seed);
        _page.Length = start + contentLength;
        _page.RecordCount++;
        return start;
    }
}
