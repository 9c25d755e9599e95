using System.Text;
using AuditHost.Journal.Records;
using AuditHost.Journal.Storage;

namespace AuditHost.Tests.Journal;

public sealed class RecordLogTests
{
    [Fact]
    public void Control_records_take_no_number_and_readers_pass_over_them()
    {
        using var folder = new JournalFolder();
        var page = new RecordPage();
        using (RecordLog log = Open(folder))
        {
            FrameWriter writer = log.Begin(page);
            writer.AddControl("before"u8, 1);
            writer.AddEvent("one"u8, 1);
            writer.AddControl("between"u8, 1);
            writer.AddEvent("two"u8, 1, RecordFlags.None, "attributes"u8);
            writer.End();
            log.Append(page);
            Assert.Equal(3ul, log.NextSequence);
        }

        using RecordLog reopened = Open(folder);
        Assert.Equal(3ul, reopened.NextSequence);
        Assert.True(reopened.TryRead(1, page));
        Assert.Equal((1ul, 3ul), (page.FirstSequence, page.NextSequence));
        Assert.Equal("two", Encoding.UTF8.GetString(page.PayloadOf(page.Records[1]).Span));
        Assert.Equal("attributes", Encoding.UTF8.GetString(page.AttributesOf(page.Records[1])));
        Assert.False(reopened.TryRead(3, page));
        Assert.Empty(reopened.Damage.Reports);
    }

    [Fact]
    public void Segments_before_a_number_go_and_their_ids_never_come_back()
    {
        using var folder = new JournalFolder();
        var page = new RecordPage();
        using (RecordLog log = Open(folder, segmentBytes: 1000))
        {
            for (int index = 0; index < 20; index++)
                Append(log, page, new byte[900]);
            Assert.Equal(20, log.Segments.Count);
            Assert.Equal(9, log.DeleteBefore(10, (_, _) => true));
            Assert.Equal(10ul, log.FirstSequence);
            Assert.Equal(10, log.DeleteBefore(1000, (_, _) => true));
            Assert.Single(folder.Segments);
        }

        foreach (string segment in folder.Segments)
            File.Delete(segment);
        using RecordLog reopened = Open(folder);
        Append(reopened, page, new byte[10]);
        Assert.Equal(21ul, Assert.Single(reopened.Segments).Id);
        Assert.Equal(21ul, reopened.FirstSequence);
    }

    [Fact]
    public void Record_larger_than_a_page_is_read_whole()
    {
        using var folder = new JournalFolder();
        var page = new RecordPage();
        byte[] large = new byte[3_000_000];
        Random.Shared.NextBytes(large);
        using RecordLog log = Open(folder);
        Append(log, page, [1]);
        Append(log, page, large);
        Append(log, page, [3]);

        ulong sequence = 1;
        var lengths = new List<int>();
        var copy = new RecordPage();
        while (log.TryRead(sequence, copy))
        {
            foreach (RecordSlice record in copy.Records)
            {
                lengths.Add(record.PayloadLength);
                if (record.PayloadLength == large.Length)
                    Assert.True(copy.PayloadOf(record).Span.SequenceEqual(large));
            }

            sequence = copy.NextSequence;
        }

        Assert.Equal([1, large.Length, 1], lengths);
        Assert.Empty(log.Damage.Reports);
    }

    private static RecordLog Open(JournalFolder folder, int segmentBytes = 1 << 20) =>
        RecordLog.Open(folder.Path, new RecordLogOptions { SegmentBytes = segmentBytes }, DiskStorage.Instance, TimeProvider.System);

    private static void Append(RecordLog log, RecordPage page, byte[] payload)
    {
        FrameWriter writer = log.Begin(page);
        writer.AddEvent(payload, 1);
        writer.End();
        log.Append(page);
    }
}
