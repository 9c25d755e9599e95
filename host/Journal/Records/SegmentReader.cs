using AuditHost.Journal.Storage;

namespace AuditHost.Journal.Records;

/// <summary>
/// Reads a segment from any place in it. Headers, records and trailers are each known by their own check, so that after damage
/// the reader goes on at the next intact one, whatever it is: one flipped bit costs the record it is in and nothing else.
/// </summary>
/// <param name="file">The open segment.</param>
/// <param name="segment">What is read.</param>
/// <param name="seed">The log's seed of all checks.</param>
/// <param name="end">The sequence number the segment ends before; <see cref="Unbounded"/> where that is to be found out.</param>
/// <param name="damage">Takes what is found damaged.</param>
internal sealed class SegmentReader(IJournalFile file, Segment segment, uint seed, ulong end, DamageLog damage)
{
    public const ulong Unbounded = ulong.MaxValue;

    private const int PageBytes = 256 << 10;
    private const int SectorBytes = 4096;

    private readonly FrameCheck _frame = new();

    /// <summary>No event of the segment has a higher number: each takes a byte at least.</summary>
    private readonly ulong _highest = end == Unbounded && segment.FirstSequence > 0 ? segment.FirstSequence + (ulong)segment.Length : end;

    private long _lostAt = -1;
    private bool _ownFrames;
    private bool _otherFrames;

    /// <summary>Where reading goes on.</summary>
    public long Offset { get; set; } = SegmentHeader.Size;

    /// <summary>The event that is to be found there.</summary>
    public ulong Expected { get; set; } = segment.FirstSequence;

    /// <summary>Where damaged bytes begin that nothing intact has followed yet; -1 where there are none.</summary>
    public long LostAt => _lostAt;

    /// <summary>The lowest sequence number that was found; for a segment whose own header is damaged.</summary>
    public ulong? FirstSeen { get; private set; }

    /// <summary>Whether every frame that can be read says that it belongs to another segment.</summary>
    public bool IsOfAnotherSegment => _otherFrames && !_ownFrames;

    /// <summary>Which frames were intact from end to end; for the recovery of a torn tail.</summary>
    public FrameCheck Frames => _frame;

    /// <summary>
    /// Fills the page with events from the wanted one on, up to a gap, the size of a page or the end of the segment.
    /// It stays empty where the segment has no such event.
    /// </summary>
    public void Fill(RecordPage page, ulong wanted)
    {
        page.Reset(wanted);
        page.EnsureBuffer((int)Math.Min(PageBytes, segment.Length));
        while (Offset < segment.Length)
        {
            Load(page);
            int position = 0;
            int needed = 0;
            while (TryStep(page, wanted, ref position, out needed))
                ;
            Offset += position;

            // Nobody comes back for what is damaged behind the last record. For lost events the next reader does, and reports them once.
            if (needed == 0 || (page.Count > 0 && (Offset < segment.Length || Expected < end)))
                return;
            page.EnsureBuffer(needed);
        }

        // Where the segment ends is not known when it is being found out; then whoever asks sees what is missing.
        if (end != Unbounded && (_lostAt >= 0 || Expected < end))
            Report(end, Offset);
    }

    /// <summary>
    /// Takes what stands at a position. Where there is no next step, <paramref name="needed"/> is 0 if the run has ended, else the
    /// bytes that must be in the buffer to go on.
    /// </summary>
    private bool TryStep(RecordPage page, ulong wanted, ref int position, out int needed)
    {
        ReadOnlySpan<byte> rest = position < page.Length ? page.Buffer.AsSpan(position..page.Length) : [];
        long offset = Offset + position;
        needed = FrameHeader.Size;
        if (offset >= segment.Length || (rest.Length < FrameHeader.Size && offset + rest.Length < segment.Length))
            return false;

        if (FrameHeader.TryRead(rest, seed, out int version, out FrameHeader frame) && version <= FrameHeader.NewestVersion)
        {
            if (frame.SegmentId == segment.Id)
                return TakeFrame(frame, wanted, offset, ref position, out needed);
            _otherFrames = true;
        }

        if (RecordHeader.TryRead(rest, seed, Expected, _highest, out RecordHeader record) && offset + record.TotalLength <= segment.Length)
        {
            needed = (int)record.TotalLength;
            return rest.Length >= needed && TakeRecord(page, record, wanted, offset, ref position, out needed);
        }

        if (FrameTrailer.TryRead(rest, seed, out int count))
        {
            _frame.End(offset, count);
            position += FrameTrailer.Size;
            return true;
        }

        if (_lostAt < 0)
            _lostAt = offset;

        // Each header and trailer has a byte that is not zero, so pages of zeros are not searched byte by byte.
        int zeros = rest.IndexOfAnyExcept((byte)0);
        position += Math.Max(1, (zeros < 0 ? rest.Length : zeros) - FrameHeader.Size);
        return true;
    }

    private bool TakeFrame(in FrameHeader frame, ulong wanted, long offset, ref int position, out int needed)
    {
        needed = 0;
        if (frame.FirstSequence >= end && frame.EventCount > 0)
            return EndRun(offset);
        FirstSeen ??= frame.FirstSequence;
        _ownFrames = true;
        if (_lostAt >= 0 || frame.FirstSequence > Expected)
            Report(Math.Max(frame.FirstSequence, Expected), offset);
        Expected = Math.Max(Expected, frame.FirstSequence);
        _frame.Begin(frame, offset);
        bool skip = end != Unbounded && frame.NextSequence <= wanted && offset + frame.TotalLength <= segment.Length && frame.TotalLength <= int.MaxValue / 2;
        if (skip)
            Expected = Math.Max(Expected, frame.NextSequence);
        position += skip ? (int)frame.TotalLength : FrameHeader.Size;
        return true;
    }

    private bool TakeRecord(RecordPage page, in RecordHeader record, ulong wanted, long offset, ref int position, out int needed)
    {
        needed = 0;
        int attributes = position + RecordHeader.Size;
        int next = position + (int)record.TotalLength;
        if (Crc32C.Of(seed, page.Buffer.AsSpan(attributes..next)) != record.ContentCrc)
        {
            if (_lostAt < 0)
                _lostAt = offset;
            position = next;
            return true;
        }

        _frame.Count();
        if (record.Kind != RecordKind.Event)
        {
            position = next;
            return true;
        }

        FirstSeen ??= record.Sequence;
        if (record.Sequence >= end)
            return EndRun(offset);
        if (_lostAt >= 0 || record.Sequence > Expected)
            Report(record.Sequence, offset);
        Expected = record.Sequence;

        // A page has no gaps, so the next page begins with this record.
        if (page.Count > 0 && record.Sequence != page.NextSequence)
            return false;
        if (record.Sequence >= wanted && end != Unbounded)
        {
            page.Add(new RecordSlice(
                record.Sequence, record.ReceivedAtTicks, record.Flags, attributes, record.AttributesLength, record.PayloadLength));
        }

        Expected++;
        position = next;
        return true;
    }

    /// <summary>A failed write left this: the same sequence numbers were given again in the next segment.</summary>
    private bool EndRun(long offset)
    {
        if (_lostAt >= 0 || Expected < end)
            Report(end, offset);
        return false;
    }

    private void Report(ulong next, long foundAt)
    {
        long from = _lostAt >= 0 ? _lostAt : foundAt;
        _lostAt = -1;
        damage.Report(new DamageReport(
            segment.Path, from, Expected, next, next > Expected ? "The events cannot be read." : "Bytes between the events are damaged; no event is lost.")
        {
            Length = foundAt - from,
        });
    }

    private void Load(RecordPage page)
    {
        int length = (int)Math.Min(page.Buffer.Length, segment.Length - Offset);
        Span<byte> buffer = page.Buffer.AsSpan(0, length);
        page.Length = length;
        try
        {
            buffer[file.Read(buffer, Offset)..].Clear();
        }
        catch (IOException exception)
        {
            LoadBySector(buffer, exception);
        }
    }

    /// <summary>What the disk cannot read becomes zeros, and so is passed over like any damage.</summary>
    /// <exception cref="IOException">It can read nothing at all: it is the disk that is away, and nothing of what it holds is lost.</exception>
    private void LoadBySector(Span<byte> buffer, IOException failure)
    {
        bool readable = false;
        for (int start = 0, length; start < buffer.Length; start += length)
        {
            length = Math.Min(SectorBytes - (int)((Offset + start) % SectorBytes), buffer.Length - start);
            Span<byte> sector = buffer.Slice(start, length);
            try
            {
                sector[file.Read(sector, Offset + start)..].Clear();
                readable = true;
            }
            catch (IOException)
            {
                sector.Clear();
            }
        }

        if (!readable)
            throw new IOException($"{segment.Path}: {failure.Message}", failure);
    }
}
