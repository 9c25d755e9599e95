using AuditHost.Configuration.Options;
using AuditHost.Faults.Model;
using AuditHost.Journal;

namespace AuditHost.Faults.Damage;

/// <summary>The end of the journal is gone, and the mark with it, but a cursor knows how far it had come.</summary>
[Promise("G2", "G11")]
public sealed class LostEndTests
{
    private static readonly SampleDirectory Sample = SampleDirectory.Make([2000, 2000, 4000], 6);

    [Fact]
    public async Task Number_that_a_cursor_has_passed_is_not_given_again()
    {
        string last = Sample.Segments[^1];
        foreach ((int start, _, _) in Sample.Maps[last].Frames)
        {
            Dictionary<string, byte[]> files = Sample.Disk().Take();
            files.Remove(SampleDirectory.Mark);
            files[last] = files[last][..start];
            files[$"{SampleDirectory.Cursors}/siem.cursor"] = SampleDirectory.CursorAt(Sample.Events.Next);

            await using EventJournal journal = EventJournal.Open(
                SampleDirectory.Journal, new JournalOptions { ReserveBytes = 0 }, new ManualClock(), new MemoryStorage(files));

            Assert.Equal(Sample.Events.Next, journal.NextSequence);
        }
    }
}
