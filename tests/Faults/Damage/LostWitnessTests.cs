using AuditHost.Faults.Model;
using AuditHost.Journal.Records;

namespace AuditHost.Faults.Damage;

/// <summary>Directories that have lost what says which log they are, or what of it was accepted; random damage came upon each of them.</summary>
[Promise("G2", "G11")]
public sealed class LostWitnessTests
{
    private static readonly SampleDirectory Sample = SampleDirectory.Make([2000, 2000, 4000], 7);
    private static readonly SampleDirectory Other = SampleDirectory.Make([2000], 8);

    [Fact]
    public void Log_without_a_mark_is_the_one_of_most_headers_though_its_segments_changed_places()
    {
        Dictionary<string, byte[]> files = Sample.Disk().Take();
        files.Remove(SampleDirectory.Mark);
        files[Sample.Segments[0]][8] ^= 1;
        (files[Sample.Segments[1]], files[Sample.Segments[2]]) = (files[Sample.Segments[2]], files[Sample.Segments[1]]);
        files[$"{SampleDirectory.Journal}/{77:D20}.log"] = Other.Files[Other.Segments[0]];

        using RecordLog log = Open(new MemoryStorage(files));

        Assert.Equal(Sample.LogId, log.LogId);
    }

    [Fact]
    public void What_stands_behind_a_damaged_header_was_accepted_though_no_frame_is_whole_and_the_mark_is_old()
    {
        string last = Sample.Segments[^1];
        SegmentMap map = Sample.Maps[last];
        Dictionary<string, byte[]> files = Sample.Disk().Take();
        files[SampleDirectory.Mark] = Sample.MarkAt(2);
        files[last][8] ^= 1;
        foreach ((int start, _, _) in map.Frames)
            files[last][start] ^= 1;
        var disk = new MemoryStorage(files);

        for (int start = 0; start < 3; start++)
        {
            using RecordLog log = Open(disk);
            var read = new HashSet<ulong>();
            LogReading.ReadAll(log, new RecordPage(), Sample.Events, appended: 0, sequence => read.Add(sequence));

            Assert.Equal(Sample.Events.Next, log.NextSequence);
            Assert.Equal((int)Sample.Events.Next - 1, read.Count);
        }
    }

    private static RecordLog Open(MemoryStorage disk) => RecordLog.Open(SampleDirectory.Journal, new RecordLogOptions(), disk, new ManualClock());
}
