using AuditHost.Journal.Storage;

namespace AuditHost.Journal.Records;

/// <summary>
/// Finds out what a folder holds. A function of the folder alone, so a crash within it changes nothing: it may delete a last segment
/// that never held anything and cut the end of a write that was never answered, and both come out the same the next time.
/// </summary>
internal sealed class LogRecovery(string directory, RecordLogOptions options, IJournalStorage storage, HighWaterMark? mark, DamageLog damage)
{
    private ulong _nextSegmentId = Math.Max(1, mark?.NextSegmentId ?? 1);
    private Guid _logId = mark?.LogId ?? Guid.Empty;

    public RecoveredLog Run()
    {
        List<FoundSegment> found = Find();
        if (_logId == Guid.Empty)
            _logId = LogOfMost(found) ?? Guid.CreateVersion7();
        DropUnfinishedTail(found);
        List<Segment> segments = Order(found);
        return segments.Count == 0 ? Empty() : ScanTail(segments, found.Exists(item => item.Id == segments[^1].Id && item.Header is null));
    }

    private List<FoundSegment> Find()
    {
        var found = new List<FoundSegment>();
        Span<byte> bytes = stackalloc byte[SegmentHeader.Size];
        foreach (StoredFile stored in storage.List(directory))
        {
            if (!Segment.TryParseName(stored.Name, out ulong id))
                continue;
            string path = Path.Combine(directory, stored.Name);
            bool intact = SegmentHeader.TryRead(bytes[..ReadStart(path, bytes)], out int version, out SegmentHeader header);
            if (intact && version > SegmentHeader.NewestVersion)
                throw new JournalFormatException(path, version, SegmentHeader.NewestVersion);
            found.Add(new FoundSegment(id, path, stored.Length, intact ? header : null));
        }

        found.Sort((left, right) => left.Id.CompareTo(right.Id));
        return found;
    }

    /// <summary>
    /// Without a mark the headers have to tell which log this is. A stray file must not: most that stand under their own name decide, then
    /// most of all, and among as many the newest, which is the log that was written to last.
    /// </summary>
    private static Guid? LogOfMost(List<FoundSegment> found) =>
        found.Where(static segment => segment.Header is not null)
            .GroupBy(static segment => segment.Header!.Value.LogId)
            .OrderByDescending(static log => log.Count(static segment => segment.Header!.Value.SegmentId == segment.Id))
            .ThenByDescending(static log => log.Count())
            .ThenByDescending(static log => log.Max(static segment => segment.Id))
            .Select(static log => (Guid?)log.Key)
            .FirstOrDefault();

    private int ReadStart(string path, Span<byte> bytes)
    {
        try
        {
            using IJournalFile file = storage.Open(path, writable: false);
            return file.Read(bytes, 0);
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
        catch (IOException exception)
        {
            damage.Report(new DamageReport(path, 0, 0, 0, $"The segment's header cannot be read: {exception.Message}"));
            return 0;
        }
    }

    /// <summary>A crash while a segment was made leaves one without a header at the end. Nothing was ever in it.</summary>
    private void DropUnfinishedTail(List<FoundSegment> found)
    {
        while (found is [.., { Header: null, Length: <= SegmentHeader.Size } last])
        {
            found.RemoveAt(found.Count - 1);
            if (options.ReadOnly)
                continue;
            storage.Delete(last.Path);
            storage.SyncDirectory(directory);
        }
    }

    private List<Segment> Order(List<FoundSegment> found)
    {
        var segments = new List<Segment>(found.Count);
        foreach (FoundSegment item in found)
        {
            if (item.Header is { } own && (own.SegmentId != item.Id || own.LogId != _logId))
            {
                damage.Report(new DamageReport(item.Path, 0, 0, 0, "The file is a copy or belongs to another journal; it is not read. Move it away."));
                continue;
            }

            SegmentHeader? header = item.Header ?? Reconstruct(item);
            if (header is not { } known)
                continue;
            if (segments is [.., var last] && (known.FirstSequence < last.FirstSequence))
            {
                damage.Report(new DamageReport(item.Path, 0, known.FirstSequence, known.FirstSequence, "The segment's events lie before those of the one before it; it is not read."));
                continue;
            }

            // Only what is this log's own says how far its ids have come; a stray file may have any number in its name.
            _nextSegmentId = Math.Max(_nextSegmentId, item.Id + 1);
            if (segments is [{ Length: <= SegmentHeader.Size } unused] && item.Header is not null && known.PreviousId != unused.Id)
            {
                DropUnused(unused);
                segments.Clear();
            }

            ReportMissing(segments, item, known);
            segments.Add(new Segment(directory, item.Id, known.FirstSequence, known.CreatedAtTicks, item.Length));
        }

        while (found.Exists(item => item.Id == _nextSegmentId))
            _nextSegmentId++;
        return segments;
    }

    /// <summary>
    /// A failing disk can leave a segment that could not be begun. Nothing was ever in it and no later segment knows it; once those around it
    /// have gone by retention, it must not pass for the rest of a loss.
    /// </summary>
    private void DropUnused(Segment segment)
    {
        if (options.ReadOnly)
            return;
        try
        {
            storage.Delete(segment.Path);
            storage.SyncDirectory(directory);
        }
        catch (IOException)
        {
            // It is not read either way; the next start tries again.
        }
    }

    private void ReportMissing(List<Segment> segments, FoundSegment item, in SegmentHeader header)
    {
        if (item.Header is null || segments is not [.., var before] || before.Id == header.PreviousId)
            return;
        SegmentReader reader = Scan(before, new DamageLog());
        if (reader.Expected < header.FirstSequence)
            damage.Report(new DamageReport(item.Path, 0, reader.Expected, header.FirstSequence, "A segment before this one is missing."));
    }

    /// <summary>The frames tell what a damaged header said.</summary>
    private SegmentHeader? Reconstruct(FoundSegment item)
    {
        var unknown = new Segment(directory, item.Id, 0, 0, item.Length);
        SegmentReader? reader = item.Length <= SegmentHeader.Size ? null : Scan(unknown, new DamageLog());
        ulong? first = reader is { IsOfAnotherSegment: false } ? reader.FirstSeen : null;
        damage.Report(first is null
            ? new DamageReport(item.Path, 0, 0, 0, "The segment is empty, a copy of another, or nothing in it can be read.")
            : new DamageReport(item.Path, 0, first.Value, first.Value, "The segment's header is damaged; its events are read all the same.") { Length = SegmentHeader.Size });
        return first is null ? null : new SegmentHeader(_logId, item.Id, 0, first.Value, DateTimeOffset.UnixEpoch.UtcTicks);
    }

    private RecoveredLog Empty()
    {
        ulong next = Math.Max(options.LowestNextSequence, mark?.NextSequence ?? 1);
        if (mark is { NextSequence: > 1 })
            damage.Report(new DamageReport(directory, 0, 1, mark.NextSequence, "Every segment is missing, though events were accepted."));
        return new RecoveredLog(_logId, [], next, _nextSegmentId, TailIsClean: false);
    }

    private RecoveredLog ScanTail(List<Segment> segments, bool headerDamaged)
    {
        Segment last = segments[^1];
        var found = new DamageLog();
        SegmentReader reader = Scan(last, found);
        FrameCheck frames = reader.Frames;
        ulong readable = Math.Max(frames.IntactNext, last.FirstSequence);
        bool torn = last.Length > frames.IntactEnd;

        // Without a mark nobody knows whether the torn end was accepted, so it stays. So it does behind a damaged header, which was durable
        // before anything was written behind it: a crash did not do that.
        bool accepted = torn && (mark is null || headerDamaged || readable < mark.NextSequence);
        if (!accepted)
            last.Length = frames.IntactEnd;
        Secure(last, frames, again: frames.IntactNext > (mark?.NextSequence ?? 0), cut: !accepted);
        foreach (DamageReport report in found.Reports.Where(report => report.Offset < last.Length))
            damage.Report(report);

        ulong next = Math.Max(mark?.NextSequence ?? 1, options.LowestNextSequence);
        if (accepted)
        {
            readable = Math.Max(readable, reader.Expected);
            next = Math.Max(next, frames.AnnouncedNext);
        }

        ReportEnd(last, reader, readable, next, accepted);
        return new RecoveredLog(_logId, [.. segments], Math.Max(next, readable), _nextSegmentId, TailIsClean: !accepted && next <= readable);
    }

    private void ReportEnd(Segment last, SegmentReader reader, ulong readable, ulong next, bool accepted)
    {
        long offset = accepted && reader.LostAt >= 0 ? reader.LostAt : last.Length;
        if (next > readable)
            damage.Report(new DamageReport(last.Path, offset, readable, next, "The journal ends before the last event it accepted: its end was cut, damaged or lost.") { Length = last.Length - offset });
        else if (accepted)
            damage.Report(new DamageReport(last.Path, offset, next, next, "The last frame is not whole though it was accepted; all of its events are read.") { Length = last.Length - offset });
    }

    /// <summary>
    /// What a start shows must be what a power cut leaves. The last frame may be one that no sync covered: its process was killed before, or
    /// its sync failed. The kernel then shows bytes that the disk may not have, and after a failed sync would not even write them again by
    /// itself. Lanes deliver what they see, so it is written once more. The end may be one that no sync covered either: a group that failed
    /// was cut off, and the disk may have all of it, to come back as records nobody was promised. So the end is set once more.
    /// </summary>
    private void Secure(Segment segment, FrameCheck frames, bool again, bool cut)
    {
        if (options.ReadOnly)
            return;
        using IJournalFile file = storage.Open(segment.Path, writable: true);
        if (again)
        {
            byte[] frame = new byte[frames.IntactEnd - frames.IntactStart];
            if (file.Read(frame, frames.IntactStart) < frame.Length)
                throw new IOException($"'{segment.Path}' ends before the frame that was read from it.");
            file.Write(frame, frames.IntactStart);
        }

        if (cut)
            file.Truncate(frames.IntactEnd);
        file.Sync();
    }

    private SegmentReader Scan(Segment segment, DamageLog found)
    {
        using IJournalFile file = storage.Open(segment.Path, writable: false);
        var reader = new SegmentReader(file, segment, Crc32C.SeedOf(_logId), SegmentReader.Unbounded, found);
        reader.Fill(new RecordPage(), 0);
        return reader;
    }

    private sealed record FoundSegment(ulong Id, string Path, long Length, SegmentHeader? Header);
}
