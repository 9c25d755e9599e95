using AuditHost.Journal.Storage;

namespace AuditHost.Journal.Records;

/// <summary>Writes frames to the last segment and goes on to a new one when that is full or has failed.</summary>
internal sealed class SegmentWriter : IDisposable
{
    /// <summary>The share of a volume that one segment sets aside in advance at most, so that a small volume is not taken by an empty file.</summary>
    private const int ShareOfVolume = 16;

    private readonly string _directory;
    private readonly RecordLogOptions _options;
    private readonly IJournalStorage _storage;
    private readonly TimeProvider _time;
    private Segment? _segment;
    private IJournalFile? _file;
    private ulong _previousId;

    public SegmentWriter(string directory, RecordLogOptions options, IJournalStorage storage, TimeProvider time, RecoveredLog recovered)
    {
        _directory = directory;
        _options = options;
        _storage = storage;
        _time = time;
        NextSegmentId = recovered.NextSegmentId;
        if (recovered.Segments is not [.., var last])
            return;
        _previousId = last.Id;
        if (!recovered.TailIsClean || last.Length >= options.SegmentBytes)
            return;
        _segment = last;
        _file = storage.Open(last.Path, writable: true);
        try
        {
            // Recovery set the segment's end, and with that gave back the space beyond it.
            Reserve(_file);
        }
        catch (IOException)
        {
            // Where there is none the next group says so; what is there can be read all the same.
        }
    }

    public ulong NextSegmentId { get; private set; }

    /// <summary>Makes sure there is a segment to write to.</summary>
    /// <returns>The segment, where a new one was made for it.</returns>
    public Segment? Prepare(Guid logId, ulong firstSequence)
    {
        if (_segment is { } current && current.Length < _options.SegmentBytes)
            return null;
        Seal();
        return Create(logId, firstSequence);
    }

    public void Append(RecordPage page, uint seed)
    {
        Segment segment = _segment!;
        var header = new FrameHeader(
            page.Length - FrameWriter.FrameOverhead, page.RecordCount, page.Count, page.FirstSequence, _time.GetUtcNow().UtcTicks, segment.Id);
        header.Write(page.Buffer, seed);
        try
        {
            _file!.Write(page.Buffer.AsSpan(0, page.Length), segment.Length);
            _file.Sync();
        }
        catch (IOException)
        {
            Seal();
            throw;
        }

        segment.Length += page.Length;
    }

    public void Dispose() => _file?.Dispose();

    private Segment Create(Guid logId, ulong firstSequence)
    {
        var header = new SegmentHeader(logId, NextSegmentId++, _previousId, firstSequence, _time.GetUtcNow().UtcTicks);
        var segment = new Segment(_directory, header.SegmentId, firstSequence, header.CreatedAtTicks, SegmentHeader.Size);
        Span<byte> bytes = stackalloc byte[SegmentHeader.Size];
        header.Write(bytes);
        IJournalFile file = _storage.Create(segment.Path);
        try
        {
            Reserve(file);
            file.Write(bytes, 0);
            file.Sync();
            _storage.SyncDirectory(_directory);
        }
        catch (IOException)
        {
            Discard(file, segment.Path);
            throw;
        }

        (_segment, _file, _previousId) = (segment, file, segment.Id);
        return segment;
    }

    private void Reserve(IJournalFile file) =>
        file.Reserve(Math.Min(_options.SegmentBytes, _storage.SpaceOf(_directory).Total / ShareOfVolume));

    /// <summary>Leaves the segment as it is for good. Whatever lies behind its last good frame, and the space set aside, goes if it can.</summary>
    private void Seal()
    {
        if (_file is null)
            return;
        try
        {
            _file.Truncate(_segment!.Length);
        }
        catch (IOException)
        {
            // Readers end where the next segment begins, so what stays behind is never read.
        }

        _file.Dispose();
        (_file, _segment) = (null, null);
    }

    private void Discard(IJournalFile file, string path)
    {
        file.Dispose();
        try
        {
            _storage.Delete(path);
        }
        catch (IOException)
        {
            // An empty segment does no harm; the next start takes it away.
        }
    }
}
