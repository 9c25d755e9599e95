using AuditHost.Faults.Model;
using AuditHost.Journal.Records;

namespace AuditHost.Faults.Damage;

/// <summary>Starts a journal's log on a damaged disk, several times, and holds what it shows against what it must.</summary>
internal sealed class LogCheck(SampleEvents events)
{
    /// <summary>What a start may allocate beside a few times the directory's size.</summary>
    private const long AllocatedAtMost = 1 << 20;

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
        LogReading.ReadAll(log, _page, events, appended, sequence =>
        {
            for (; read < sequence; read++)
                DemandLost(read, expected);
            if (!expected.Survives(sequence))
                throw new ModelViolationException($"Event {sequence} comes back, which cannot be.");
            read++;
        });
        for (; read < expected.Next; read++)
            DemandLost(read, expected);
        DamageRanges.Check(log.Damage, expected);
        if (append)
            LogReading.Append(log, _page, expected.Next);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > (8 * log.BytesOnDisk) + AllocatedAtMost)
            throw new ModelViolationException($"A log of {log.BytesOnDisk} bytes took {allocated} bytes of memory.");
    }

    private static void DemandLost(ulong sequence, Expectation expected)
    {
        if (expected.Survives(sequence))
            throw new ModelViolationException($"Event {sequence} is intact and does not come back.");
    }
}
