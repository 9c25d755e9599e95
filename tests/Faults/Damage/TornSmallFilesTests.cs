using AuditHost.Faults.Model;
using AuditHost.Journal;
using AuditHost.Journal.Records;

namespace AuditHost.Faults.Damage;

/// <summary>Cursors, marks and dead letters torn at every byte, and then ending there or going on with zeros.</summary>
[Promise("G2", "G7", "G11")]
public sealed class TornSmallFilesTests
{
    private static readonly SampleDirectory Sample = SampleDirectory.Make([3000, 3000], 5);

    [Fact]
    public void Torn_cursor_falls_back_to_its_older_slot_or_to_the_oldest_event()
    {
        string path = $"{SampleDirectory.Cursors}/siem.cursor";
        (CursorState older, CursorState newer) = Sample.CursorStates["siem"];
        int newest = Sample.NewerSlotOf(path);
        AtEachOffset(path, "torn writes of a cursor", (disk, intact, _) =>
        {
            using var cursors = new CursorSet(SampleDirectory.Cursors, disk);
            using RecordLog log = RecordLog.Open(SampleDirectory.Journal, new RecordLogOptions(), disk, new ManualClock());
            cursors.Begin(log);
            CursorState state = cursors.Open("siem", log, null).State;
            bool lost = !intact(0) && !intact(1);
            CursorState expected = intact(newest) ? newer : lost ? new CursorState(1, 1, 0, 0, 0, 0) : older;
            JournalModel.Require(state == expected, $"The cursor stands at {state}, not at {expected}.");
            JournalModel.Require(log.Damage.Count == (lost ? 1 : 0), $"Reported is {string.Join("; ", log.Damage.Reports)}");
        });
    }

    [Fact]
    public void Torn_mark_loses_no_event() =>
        AtEachOffset(SampleDirectory.Mark, "torn writes of the high-water mark", (disk, intact, _) =>
            new LogCheck(Sample.Events).Run(disk, new Expectation(Sample.Events.Next, _ => true, !intact(0) && !intact(1)) { Mended = true }));

    [Fact]
    public void Torn_mark_of_the_dead_letters_loses_none_of_them() =>
        AtEachOffset(SampleDirectory.LettersMark, "torn writes of the dead letters' mark", (disk, intact, _) =>
            new LetterCheck(Sample.LetterEntries).Run(disk, new Expectation(Sample.LetterEntries.Next, _ => true, !intact(0) && !intact(1)) { Mended = true }));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dead_letters_torn_at_any_byte_give_back_every_whole_one(bool accepted)
    {
        SegmentMap map = Sample.Maps[Sample.LetterSegment];
        byte[] whole = Sample.Files[Sample.LetterSegment];
        AtEachOffset(Sample.LetterSegment, $"torn writes of the dead letters, {(accepted ? "accepted" : "not accepted")}", (disk, _, cut) =>
        {
            ReadOnlySpan<byte> torn = disk.Files[Sample.LetterSegment].Bytes;
            int offset = torn.CommonPrefixLength(whole);
            ulong next = map.Frames.Where(frame => frame.End <= offset).Select(frame => frame.Next).LastOrDefault(1ul);
            ulong readable = accepted ? map.Records.Where(record => record.End <= offset).Select(record => record.Sequence + 1).LastOrDefault(1ul) : next;
            if (!accepted)
                disk.Put(SampleDirectory.LettersMark, Sample.MarkAt(next, SampleDirectory.LettersMark));
            bool reported = accepted ? offset < whole.Length : offset < SegmentHeader.Size && !cut;
            new LetterCheck(Sample.LetterEntries).Run(disk, new Expectation(accepted ? Sample.LetterEntries.Next : next, id => id < readable, reported));
        });
    }

    /// <param name="path">The file.</param>
    /// <param name="programme">What it is called among the figures.</param>
    /// <param name="check">Gets the disk, whether a slot is as it was, and whether the file ends at the tear.</param>
    private static void AtEachOffset(string path, string programme, Action<MemoryStorage, Func<int, bool>, bool> check)
    {
        byte[] whole = Sample.Files[path];
        TimeSpan duration = Cases.Run(whole.Length * 2, () => 0, (_, number) =>
        {
            int offset = number / 2;
            bool cut = number % 2 == 0;
            byte[] torn = cut ? whole[..offset] : [.. whole.AsSpan(0, offset), .. new byte[whole.Length - offset]];
            MemoryStorage disk = Sample.Disk();
            disk.Put(path, torn);
            check(disk, slot => torn.AsSpan().CommonPrefixLength(whole) >= (slot + 1) * TwoSlotFile.SlotSize, cut);
        }, static _ => { });
        Figures.Record(programme, whole.Length * 2, duration);
    }
}
