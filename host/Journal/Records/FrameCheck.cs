namespace AuditHost.Journal.Records;

/// <summary>Follows a reader and notes up to where frames were whole: header, every record and trailer, with nothing between them.</summary>
internal sealed class FrameCheck
{
    private FrameHeader _header;
    private long _start = -1;
    private int _seen;

    /// <summary>Where the last whole frame begins.</summary>
    public long IntactStart { get; private set; } = SegmentHeader.Size;

    /// <summary>Where the last whole frame ends.</summary>
    public long IntactEnd { get; private set; } = SegmentHeader.Size;

    /// <summary>The sequence number after all whole frames; 0 where there was none.</summary>
    public ulong IntactNext { get; private set; }

    /// <summary>The sequence number after the last frame of which the header was readable.</summary>
    public ulong AnnouncedNext { get; private set; }

    public void Begin(in FrameHeader header, long offset)
    {
        (_header, _start, _seen) = (header, offset, 0);
        AnnouncedNext = Math.Max(AnnouncedNext, header.NextSequence);
    }

    public void Count() => _seen++;

    public void End(long offset, int recordCount)
    {
        if (_start >= 0 && offset + FrameTrailer.Size == _start + _header.TotalLength && recordCount == _seen && recordCount == _header.RecordCount)
        {
            IntactStart = _start;
            IntactEnd = offset + FrameTrailer.Size;

            // Pages out of order bring an earlier frame later; a number that was read is never given again.
            IntactNext = Math.Max(IntactNext, _header.NextSequence);
        }

        _start = -1;
    }
}
