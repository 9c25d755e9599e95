using AuditHost.Faults.Model;
using AuditHost.Journal.Records;

namespace AuditHost.Faults.Damage;

/// <summary>Starts a journal's log on a damaged disk, several times, and holds what it shows against what it must.</summary>
internal sealed class LogCheck(SampleEvents events)
{
    /// <summary>What a start may allocate beside a few times the directory's size.</summary>
    private const long AllocatedAtMost = 1 << 20;

    private const int PagesAtMost = 10_000;

    private static readonly byte[] NewEvent = "{\"event_id\":\"new\",\"event_type\":\"Test\"}"u8.ToArray();

    private readonly RecordPage _page = new();
    private readonly ManualClock _clock = new();

    /// <summary>How many times a log was opened.</summary>
    public long Openings { get; private set; }

    /// <param name="disk">What a start finds.</param>
    /// <param name="expected">What it must make of it.</param>
    /// <param name="lowestNext">How far a cursor is.</param>
    /// <param name="twice">Whether to see first that a start changes nothing that the next one would see.</param>
    public void Run(MemoryStorage disk, Expectation expected, ulong lowestNext = 1, bool twice = true)
    {
        var options = new RecordLogOptions { LowestNextSequence = lowestNext };
        if (twice)
        {
            Look(disk, options, expected, append: false);
            MemoryStorage found = disk.Copy();
            Look(disk, options, expected.Again(), append: false);
            if (!disk.Holds(found))
                throw new ModelViolationException("A second start changes what the first one left.");
            expected = expected.Again();
        }

        Look(disk, options, expected, append: true);
        ulong next = expected.Next;
        Look(disk, options, expected with { Next = next + 1, Survives = sequence => sequence == next || (sequence < next && expected.Survives(sequence)), Reported = null }, append: false, next);
    }

    private void Look(MemoryStorage disk, RecordLogOptions options, Expectation expected, bool append, ulong appended = 0)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Openings++;
        using RecordLog log = RecordLog.Open(SampleDirectory.Journal, options, disk, _clock);
        if (log.NextSequence != expected.Next)
            throw new ModelViolationException($"The next event gets {log.NextSequence}, not {expected.Next}. {string.Join("; ", log.Damage.Reports)}");
        ulong read = 1;
        int pages = 0;
        for (ulong from = 1; log.TryRead(from, _page); from = _page.NextSequence)
        {
            if (_page.NextSequence < from || ++pages > PagesAtMost)
                throw new ModelViolationException("Reading does not move forward.");
            foreach (ref readonly RecordSlice record in _page.Records)
            {
                bool sent = record.Sequence == appended ? _page.PayloadOf(record).Span.SequenceEqual(NewEvent) : events.Matches(record.Sequence, _page, record);
                if (!sent)
                    throw new ModelViolationException($"Event {record.Sequence} comes back as nobody sent it.");
                for (; read < record.Sequence; read++)
                    DemandLost(read, expected);
                if (!expected.Survives(record.Sequence))
                    throw new ModelViolationException($"Event {record.Sequence} comes back, which cannot be.");
                read++;
            }
        }

        for (; read < expected.Next; read++)
            DemandLost(read, expected);
        DamageRanges.Check(log.Damage, expected);
        if (append)
            Append(log, expected.Next);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > (8 * log.BytesOnDisk) + AllocatedAtMost)
            throw new ModelViolationException($"A log of {log.BytesOnDisk} bytes took {allocated} bytes of memory.");
    }

    private static void DemandLost(ulong sequence, Expectation expected)
    {
        if (expected.Survives(sequence))
            throw new ModelViolationException($"Event {sequence} is intact and does not come back.");
    }

    private void Append(RecordLog log, ulong next)
    {
        FrameWriter frame = log.Begin(_page);
        frame.AddEvent(NewEvent, 0);
        frame.End();
        log.Append(_page);
        if (_page.FirstSequence != next)
            throw new ModelViolationException($"The next event got {_page.FirstSequence}, not {next}.");
    }
}
