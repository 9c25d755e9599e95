using System.Diagnostics;
using AuditHost.Journal.Storage;

namespace AuditHost.Journal.Records;

/// <summary>
/// A log of records in segment files. One thread appends and deletes; any number read meanwhile. What an append returned from is
/// durable. The format stands in the folder's README.
/// </summary>
internal sealed class RecordLog : IDisposable
{
    private readonly IJournalStorage _storage;
    private readonly ReadHints _hints = new();
    private readonly HighWaterMark? _mark;
    private readonly SegmentWriter? _writer;
    private readonly uint _seed;

    /// <summary>Files that readers no longer see and that are still to be deleted, oldest first.</summary>
    private readonly Queue<string> _leaving = new();

    private Segment[] _segments;
    private ulong _nextSequence;

    private RecordLog(string directory, RecordLogOptions options, IJournalStorage storage, TimeProvider time)
    {
        _storage = storage;
        if (!options.ReadOnly)
        {
            // A process killed between making a segment and syncing the folder leaves its name to chance. What is built upon must stay.
            storage.SyncDirectory(directory);
        }

        bool existed = storage.List(directory).Any(file => file.Name == HighWaterMark.FileName);
        if (existed)
            _mark = HighWaterMark.TryOpen(storage, directory, !options.ReadOnly);
        try
        {
            RecoveredLog recovered = new LogRecovery(directory, options, storage, _mark, Damage).Run();
            (LogId, _segments, _nextSequence) = (recovered.LogId, recovered.Segments, recovered.NextSequence);
            _seed = Crc32C.SeedOf(LogId);
            if (_mark is null && _segments.Length > 0)
                ReportMark(Path.Combine(directory, HighWaterMark.FileName), existed);
            if (options.ReadOnly)
                return;
            _mark ??= NewMark(storage, directory, existed, recovered);
            _writer = new SegmentWriter(directory, options, storage, time, recovered);
        }
        catch
        {
            _mark?.Dispose();
            throw;
        }
    }

    /// <summary>Opens or creates the log of a folder.</summary>
    /// <exception cref="JournalFormatException">A newer version wrote it; nothing was changed.</exception>
    public static RecordLog Open(string directory, RecordLogOptions options, IJournalStorage storage, TimeProvider time)
    {
        if (!options.ReadOnly)
            storage.CreateDirectory(directory);
        return new RecordLog(directory, options, storage, time);
    }

    public Guid LogId { get; }

    public DamageLog Damage { get; } = new();

    /// <summary>The oldest event still there; the next one where there is none.</summary>
    public ulong FirstSequence => Volatile.Read(ref _segments) is [var first, ..] ? first.FirstSequence : NextSequence;

    public ulong NextSequence => Volatile.Read(ref _nextSequence);

    /// <summary>The segments, oldest first.</summary>
    public IReadOnlyList<Segment> Segments => Volatile.Read(ref _segments);

    public long BytesOnDisk
    {
        get
        {
            long bytes = 0;
            foreach (Segment segment in Volatile.Read(ref _segments))
                bytes += segment.Length;
            return bytes;
        }
    }

    /// <summary>What lies between an event and the head, in bytes; of the segment it stands in its share by number of events.</summary>
    public long BytesFrom(ulong sequence)
    {
        Segment[] segments = Volatile.Read(ref _segments);
        ulong next = NextSequence;
        if (sequence >= next || segments.Length == 0)
            return 0;
        int index = Math.Max(0, IndexOf(segments, sequence));
        ulong first = segments[index].FirstSequence;
        ulong end = index + 1 < segments.Length ? segments[index + 1].FirstSequence : next;
        double share = end <= first ? 1 : (end - Math.Clamp(sequence, first, end)) / (double)(end - first);
        long bytes = (long)(segments[index].Length * share);
        foreach (Segment segment in segments.AsSpan(index + 1))
            bytes += segment.Length;
        return bytes;
    }

    /// <summary>The oldest beginning of a segment from which on no more than so many bytes lie before the head; that of the last where none.</summary>
    public ulong OldestWithin(long bytes)
    {
        Segment[] segments = Volatile.Read(ref _segments);
        ulong oldest = segments is [.., var last] ? last.FirstSequence : NextSequence;
        long total = 0;
        for (int index = segments.Length - 1; index >= 0 && (total += segments[index].Length) <= bytes; index--)
            oldest = segments[index].FirstSequence;
        return oldest;
    }

    /// <summary>How long the last sync of a group took.</summary>
    public TimeSpan LastSyncDuration { get; private set; }

    /// <summary>Begins a group in a page; add records, end it and <see cref="Append"/> it.</summary>
    public FrameWriter Begin(RecordPage page) => new(page, NextSequence, _seed);

    /// <summary>Sets the space of the next group's segment aside now, so that it can be written when the volume is full.</summary>
    public void Prepare()
    {
        if (_writer?.Prepare(LogId, NextSequence) is { } opened)
            Volatile.Write(ref _segments, [.. _segments, opened]);
    }

    /// <summary>Writes a group. It is durable on return, and readable.</summary>
    /// <exception cref="IOException">Nothing of it was taken. The segment is left alone from now on; the next append tries another.</exception>
    public void Append(RecordPage page)
    {
        SegmentWriter writer = _writer ?? throw new InvalidOperationException("The log was opened for reading.");
        Prepare();

        long start = Stopwatch.GetTimestamp();
        writer.Append(page, _seed);
        LastSyncDuration = Stopwatch.GetElapsedTime(start);
        Volatile.Write(ref _nextSequence, page.NextSequence);
        MoveMark(page.NextSequence, writer.NextSegmentId);
    }

    /// <summary>
    /// Reads events from one on: a run without gaps, of a few hundred kilobytes at most unless a single event is larger. It begins
    /// later where events are gone, and is empty, standing at <see cref="NextSequence"/>, where all that follow are.
    /// </summary>
    /// <returns><see langword="false"/> where the event is still to come.</returns>
    public bool TryRead(ulong sequence, RecordPage page)
    {
        while (true)
        {
            Segment[] segments = Volatile.Read(ref _segments);
            ulong next = NextSequence;
            if (sequence >= next)
                return false;
            int index = IndexOf(segments, sequence);
            if (index < 0)
            {
                if (segments.Length > 0)
                {
                    sequence = segments[0].FirstSequence;
                    continue;
                }

                page.Reset(next);
                return true;
            }

            ulong end = index + 1 < segments.Length ? segments[index + 1].FirstSequence : next;
            if (!TryReadSegment(segments[index], sequence, end, page) && ReferenceEquals(segments, Volatile.Read(ref _segments)))
                Damage.Report(new DamageReport(segments[index].Path, 0, sequence, end, "The segment is missing."));
            if (page.Count > 0)
                return true;
            sequence = end;
            if (end != next)
                continue;
            page.Reset(next);
            return true;
        }
    }

    /// <summary>Deletes the oldest segments of which every event lies before a sequence number, but never the last one.</summary>
    /// <param name="sequence">The first event that must stay.</param>
    /// <param name="mayGo">Asked for each and the one after it, oldest first; the first no ends it.</param>
    /// <returns>The segments deleted.</returns>
    public int DeleteBefore(ulong sequence, Func<Segment, Segment, bool> mayGo)
    {
        Segment[] segments = _segments;
        int count = 0;
        while (count + 1 < segments.Length && segments[count + 1].FirstSequence <= sequence && mayGo(segments[count], segments[count + 1]))
            count++;
        foreach (Segment segment in segments.AsSpan(0, count))
            _leaving.Enqueue(segment.Path);

        // Readers stop looking before the files go, so that none of them takes a deletion for a loss.
        if (count > 0)
            Volatile.Write(ref _segments, segments[count..]);
        while (_leaving.TryPeek(out string? path))
        {
            // One after the other, and none before the one that would not go: a power cut or a fault leaves the newest of them and
            // never a hole, which would look like a loss, nor an entry without the later one that settles it.
            _storage.Delete(path);
            _storage.SyncDirectory(Path.GetDirectoryName(path)!);
            _leaving.Dequeue();
        }

        return count;
    }

    /// <summary>Makes the high-water mark durable. Events are so without it.</summary>
    public void SyncMark() => _mark?.Sync();

    public void Dispose()
    {
        _writer?.Dispose();
        _mark?.Dispose();
    }

    private void ReportMark(string path, bool existed)
    {
        // It is written anew in a moment.
        byte[]? bytes = existed ? TwoSlotFile.BytesOf(_storage, path) : null;
        Damage.Report(new DamageReport(path, 0, 0, 0, "The high-water mark is lost; a cut end of the journal could not be noticed.")
        {
            Length = bytes?.Length ?? 0,
            Bytes = bytes,
        });
    }

    private static HighWaterMark NewMark(IJournalStorage storage, string directory, bool existed, RecoveredLog recovered)
    {
        if (existed)
            storage.Delete(Path.Combine(directory, HighWaterMark.FileName));
        return HighWaterMark.Create(storage, directory, recovered.LogId, recovered.NextSequence, recovered.NextSegmentId);
    }

    private static int IndexOf(Segment[] segments, ulong sequence)
    {
        int low = 0;
        int high = segments.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (segments[middle].FirstSequence <= sequence)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }

    private void MoveMark(ulong nextSequence, ulong nextSegmentId)
    {
        try
        {
            _mark!.Write(nextSequence, nextSegmentId);
        }
        catch (IOException)
        {
            // The events are durable. A mark that lags only makes a cut end harder to notice, and the next append moves it again.
        }
    }

    private bool TryReadSegment(Segment segment, ulong sequence, ulong end, RecordPage page)
    {
        page.Reset(sequence);
        try
        {
            using IJournalFile file = _storage.Open(segment.Path, writable: false);
            var reader = new SegmentReader(file, segment, _seed, end, Damage);
            if (_hints.TryGet(sequence, out ReadHints.Hint hint) && hint.SegmentId == segment.Id)
                (reader.Offset, reader.Expected) = (hint.Offset, hint.Expected);
            reader.Fill(page, sequence);
            if (page.Count > 0)
                _hints.Store(new ReadHints.Hint(page.NextSequence, segment.Id, reader.Offset, reader.Expected));
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
