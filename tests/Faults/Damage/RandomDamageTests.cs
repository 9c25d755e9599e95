using System.Globalization;
using AuditHost.Faults.Model;
using AuditHost.Journal;
using AuditHost.Journal.Records;

namespace AuditHost.Faults.Damage;

/// <summary>Data directories with one to three things wrong with them, drawn at random from all that happens to files.</summary>
[Promise("G2", "G11", "G17")]
public sealed class RandomDamageTests
{
    private static readonly SampleDirectory Sample = SampleDirectory.Make([4000, 3500, 5000], 3);
    private static readonly SampleDirectory Other = SampleDirectory.Make([4000, 3500, 5000], 4);

    [Fact]
    public void Directory_damaged_at_random_still_gives_every_intact_event_and_says_which_are_gone()
    {
        ulong seed = Settings.Seed[0];
        // The last one counts directories that could be either log's or are nobody's.
        long[] fired = new long[Enum.GetValues<DamageKind>().Length + 1];
        int count = Settings.DamagedDirectories;
        TimeSpan duration = Cases.Run(count, () => new long[fired.Length], (tally, number) =>
        {
            var directory = new DamagedDirectory(Sample, Other, (seed << 32) + (ulong)number);
            foreach (DamageKind kind in directory.Kinds)
                tally[(int)kind]++;
            try
            {
                Run(directory, ref tally[^1]);
            }
            catch (Exception exception)
            {
                throw new ModelViolationException(string.Create(
                    CultureInfo.InvariantCulture, $"AUDITHOST_SEED={seed}, {string.Join(", ", directory.Kinds)}: {exception.Message}"), exception);
            }
        }, tally =>
        {
            for (int index = 0; index < fired.Length; index++)
                fired[index] += tally[index];
        });
        string[] missing = [.. Enum.GetValues<DamageKind>().Where(kind => fired[(int)kind] == 0).Select(kind => kind.ToString())];
        Assert.True(missing.Length == 0, $"These never happened, so nothing is proved about them: {string.Join(", ", missing)}");
        Figures.Record("directories damaged at random", count, duration, seed.ToString(CultureInfo.InvariantCulture), $"{string.Join(", ", Enum.GetValues<DamageKind>().Select(kind => $"{kind} {fired[(int)kind]}"))}; {fired[^1]} were no single log's");
    }

    private static void Run(DamagedDirectory directory, ref long undecidable)
    {
        MemoryStorage disk = directory.Disk();
        if (directory.IsNewer)
        {
            MemoryStorage before = disk.Copy();
            Assert.Throws<JournalFormatException>(
                () => EventJournal.Open(SampleDirectory.Journal, new() { ReserveBytes = 0, TailBytes = 1 }, new ManualClock(), disk));
            JournalModel.Require(disk.Holds(before), "What a newer version wrote was touched.");
            return;
        }

        if (directory.IsNameless)
        {
            // Nothing can be read then, and nothing may be thrown away.
            undecidable++;
            Dictionary<string, byte[]> before = disk.Take();
            JournalModel.Require(Restart(disk, Sample.Events).Count == 0, "Events came back without the name of their log.");
            foreach ((string path, byte[] bytes) in before.Where(static file => Path.GetExtension(file.Key) == ".log" && file.Value.Length > SegmentHeader.Size))
                JournalModel.Require(disk.Files.TryGetValue(path, out MemoryFile? file) && file.Bytes.SequenceEqual(bytes), $"{path} was touched.");
            return;
        }

        if (directory.IsOfEitherLog)
        {
            // Then it must at least be one log, and not both.
            undecidable++;
            if (IsOther(disk.Copy()))
            {
                Restart(disk, Other.Events);
                return;
            }
        }

        HashSet<ulong> read = Restart(disk, Sample.Events);
        bool[] intact = directory.Intact();
        bool[] findable = directory.Findable();
        HashSet<ulong> tail = directory.TornTail();
        for (ulong sequence = 1; sequence < Sample.Events.Next; sequence++)
        {
            JournalModel.Require(!read.Contains(sequence) || findable[sequence] || directory.IsShuffled, $"Event {sequence} comes back and is not intact.");
            JournalModel.Require(!intact[sequence] || read.Contains(sequence) || tail.Contains(sequence) || directory.IsShuffled, $"Event {sequence} is intact and does not come back.");
        }
    }

    /// <summary>Which log a start takes the directory for.</summary>
    private static bool IsOther(MemoryStorage disk)
    {
        using RecordLog log = RecordLog.Open(SampleDirectory.Journal, new RecordLogOptions(), disk, new ManualClock());
        return log.LogId == Other.LogId;
    }

    /// <summary>Starts four times, appending at the third, and gives back what the first start read.</summary>
    private static HashSet<ulong> Restart(MemoryStorage disk, SampleEvents events)
    {
        HashSet<ulong> read = Look(disk, events, out ulong next, null);
        HashSet<ulong> again = Look(disk, events, out ulong stillNext, null);
        JournalModel.Require(
            next == stillNext && read.SetEquals(again),
            $"A second start shows something else: next {stillNext} after {next}, {string.Join(",", again.Except(read))} came, {string.Join(",", read.Except(again))} went.");
        Look(disk, events, out _, next);
        HashSet<ulong> after = Look(disk, events, out ulong afterNext, null, next);
        JournalModel.Require(
            afterNext == next + 1 && after.Remove(next) && after.SetEquals(read),
            $"After an append: next {afterNext} after {next}, {string.Join(",", after.Except(read))} came, {string.Join(",", read.Except(after))} went.");
        return read;
    }

    /// <summary>Opens log and cursors as the journal does, reads everything and holds the reports against what is not there.</summary>
    /// <param name="disk">What there is.</param>
    /// <param name="events">What its log may hold.</param>
    /// <param name="next">What the next event gets.</param>
    /// <param name="append">The number an event is to be appended under; nothing for none.</param>
    /// <param name="appended">The number it was appended under.</param>
    private static HashSet<ulong> Look(MemoryStorage disk, SampleEvents events, out ulong next, ulong? append, ulong appended = 0)
    {
        var page = new RecordPage();
        using var cursors = new CursorSet(SampleDirectory.Cursors, disk);
        ulong furthest = cursors.Furthest;
        using RecordLog log = RecordLog.Open(SampleDirectory.Journal, new RecordLogOptions { LowestNextSequence = furthest }, disk, new ManualClock());
        cursors.Begin(log);
        next = log.NextSequence;
        JournalModel.Require(next >= furthest, $"The next event gets {next}, which a cursor at {furthest} has passed.");
        var read = new HashSet<ulong>();
        LogReading.ReadAll(log, page, events, appended, sequence => read.Add(sequence));
        DamageRanges.Check(log.Damage, new Expectation(next, read.Contains, null) { First = log.FirstSequence });
        foreach (string name in Sample.CursorStates.Keys)
            JournalModel.Require(cursors.Open(name, log, null).State.Position <= next, $"The cursor of {name} leads.");
        if (append is { } expected)
            LogReading.Append(log, page, expected);
        return read;
    }
}
