using AuditHost.Journal.Records;

namespace AuditHost.Faults.Damage;

/// <summary>A write torn at every byte: the file ends there, or goes on with zeros, or with what the disk held before.</summary>
[Promise("G2", "G11")]
public sealed class TornWriteTests
{
    private const int UsualLog = 64 << 10;
    private const int LongLog = 1 << 20;
    private const int SmallSegment = 2000;
    private const ulong Seed = 1;

    /// <summary>The long run tears each of its offsets in two of the ways, a different two from one offset to the next.</summary>
    private const int LongWays = 2;

    /// <summary>How often the whole journal is started beside its log alone.</summary>
    private const int JournalEach = 67;

    /// <summary>How often a start is made twice before anything else.</summary>
    private const int TwiceEach = 13;

    /// <summary>What may stand behind a tear.</summary>
    private enum Behind
    {
        Nothing,
        Zeros,
        OldBytes,
    }

    /// <summary>Whether what was torn had been accepted, and what stands behind the tear.</summary>
    private static readonly (bool Accepted, Behind Behind)[] Ways =
        [.. Enum.GetValues<Behind>().SelectMany(static behind => new[] { (true, behind), (false, behind) })];

    private static readonly int WaysOfEach = Settings.IsLong ? LongWays : Ways.Length;
    private static readonly int Length = Settings.IsLong ? LongLog : UsualLog;

    [Fact]
    public void Log_torn_at_any_byte_gives_back_every_whole_event_and_says_what_accepted_ones_are_gone()
    {
        // The first segment went by retention. Its bytes are what the last one's place on the disk held before.
        SampleDirectory sample = SampleDirectory.Make([Length, SmallSegment, Length], Seed);
        byte[] old = sample.Files[sample.Segments[0]];
        byte[] before = sample.Files[sample.Segments[1]];
        string path = sample.Segments[2];
        byte[] whole = sample.Files[path];
        Assert.Equal(Length, whole.Length);
        ulong first = sample.Maps[sample.Segments[1]].Records[0].Sequence;
        SegmentMap map = sample.Maps[path];
        byte[][] marks = MarksOf(sample, map);
        byte[] all = sample.Files[SampleDirectory.Mark];

        long openings = 0;
        TimeSpan duration = Cases.Run(Length * WaysOfEach, () => new LogCheck(sample.Events), (check, number) =>
        {
            int offset = number / WaysOfEach;
            (bool accepted, Behind behind) = Ways[(offset + (number % WaysOfEach)) % Ways.Length];
            bool isCut = behind == Behind.Nothing;
            byte[] torn = isCut ? whole : Torn(whole, offset, behind == Behind.Zeros ? null : old);

            // What stands behind may be the right bytes by chance: the tear is where the first wrong one is.
            if (!isCut)
                offset += torn.AsSpan(offset).CommonPrefixLength(whole.AsSpan(offset));
            int frames = CountBefore(map.Frames, offset, static frame => frame.End);
            ulong next = frames == 0 ? map.Records[0].Sequence : map.Frames[frames - 1].Next;
            ulong readable = accepted ? map.Records[0].Sequence + (ulong)CountBefore(map.Records, offset, static record => record.End) : next;

            var disk = new MemoryStorage();
            disk.Put(sample.Segments[1], before);
            disk.Put(SampleDirectory.Mark, accepted ? all : marks[frames]);
            disk.Put(path, torn, isCut ? offset : torn.Length);
            bool? reported = accepted ? offset < Length : offset < SegmentHeader.Size && !isCut;
            var expected = new Expectation(accepted ? sample.Events.Next : next, sequence => sequence >= first && sequence < readable, reported) { First = first };
            if (number % JournalEach == 0)
                JournalCheck.Run(disk.Copy(), sample.Events, expected);
            check.Run(disk, expected, twice: number % TwiceEach == 0);
        }, check => openings += check.Openings);
        Figures.Record(
            "torn writes of the journal's log",
            (long)Length * WaysOfEach,
            duration,
            detail: $"{Length} offsets in {WaysOfEach} of {Ways.Length} ways (cut, zeros or old bytes behind; accepted or not); {openings} recoveries, {openings / duration.TotalSeconds:F0} a second");
    }

    private static int CountBefore<T>(List<T> parts, int offset, Func<T, int> endOf)
    {
        int low = 0;
        int high = parts.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (endOf(parts[middle]) <= offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static byte[][] MarksOf(SampleDirectory sample, SegmentMap map) =>
        [sample.MarkAt(map.Records[0].Sequence), .. map.Frames.Select(frame => sample.MarkAt(frame.Next))];

    private static byte[] Torn(byte[] whole, int offset, byte[]? old)
    {
        byte[] torn = new byte[whole.Length];
        whole.AsSpan(0, offset).CopyTo(torn);
        old?.AsSpan(offset).CopyTo(torn.AsSpan(offset));
        return torn;
    }
}
