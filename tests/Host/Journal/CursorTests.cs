using AuditHost.Journal;

namespace AuditHost.Tests.Journal;

[Promise("G2")]
public sealed class CursorTests
{
    private const int SlotSize = 512;

    [Fact]
    public async Task New_cursor_begins_at_the_head_and_keeps_what_was_written()
    {
        using var folder = new JournalFolder();
        var state = new CursorState(4, 6, 1, 1, 0, 0);
        await using (EventJournal journal = folder.Open())
        {
            await JournalFolder.AppendAsync(journal, 1, 3);
            Cursor cursor = journal.OpenCursor("splunk");
            Assert.Equal(new CursorState(4, 4, 0, 0, 0, 0), cursor.State);
            await JournalFolder.AppendAsync(journal, 4, 3);
            cursor.Write(state);
            Assert.Same(cursor, journal.OpenCursor("splunk"));
        }

        Assert.Equal([("splunk", state)], EventJournal.ReadCursors(folder.Path));
        await using EventJournal reopened = folder.Open();
        Assert.Equal(state, reopened.OpenCursor("splunk").State);
        Assert.Equal(2 * SlotSize, new FileInfo(FileOf(folder, "splunk")).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Torn_slot_costs_the_newer_state_at_most(int torn)
    {
        using var folder = new JournalFolder();
        await using (EventJournal journal = folder.Open())
        {
            Cursor cursor = journal.OpenCursor("siem");
            await JournalFolder.AppendAsync(journal, 1, 9);
            for (ulong position = 2; position <= 7; position++)
                cursor.Write(new CursorState(1, position, position - 1, 0, 0, 0));
            cursor.Sync();
            cursor.Write(new CursorState(1, 8, 7, 0, 0, 0));
        }

        Corrupt(FileOf(folder, "siem"), torn);

        await using EventJournal reopened = folder.Open();
        Assert.InRange(reopened.OpenCursor("siem").State.Position, 7ul, 8ul);
        Assert.Empty(reopened.Damage.Reports);
    }

    [Fact]
    public async Task State_that_a_start_went_on_from_stands_in_both_slots_where_the_other_could_not_be_read()
    {
        using var folder = new JournalFolder();
        var older = new CursorState(1, 5, 4, 0, 0, 0);
        await using (EventJournal journal = folder.Open())
        {
            Cursor cursor = journal.OpenCursor("siem");
            await JournalFolder.AppendAsync(journal, 1, 9);
            cursor.Write(older);
            cursor.Sync();
            cursor.Write(older with { Position = 8, Delivered = 7 });
        }

        string file = FileOf(folder, "siem");
        int newer = BitConverter.ToUInt64(File.ReadAllBytes(file), 8) > BitConverter.ToUInt64(File.ReadAllBytes(file), SlotSize + 8) ? 0 : 1;
        Corrupt(file, newer);
        await using (EventJournal journal = folder.Open())
            Assert.Equal(older, journal.OpenCursor("siem").State);
        Corrupt(file, 1 - newer);

        await using EventJournal reopened = folder.Open();
        Assert.Equal(older, reopened.OpenCursor("siem").State);
    }

    [Fact]
    public async Task Cursor_that_stands_still_is_written_again_once_the_disk_works()
    {
        using var folder = new JournalFolder();
        var storage = new FaultyStorage();
        await using EventJournal journal = folder.Open(storage);
        Cursor cursor = journal.OpenCursor("siem");
        await JournalFolder.AppendAsync(journal, 1, 9);
        var level = new CursorState(1, 10, 9, 0, 0, 0);
        storage.BeforeSync = FailForCursors;
        cursor.Write(level);
        cursor.Sync();
        Assert.NotNull(cursor.Failure);
        Assert.NotEqual(level, cursor.SyncedState);

        storage.BeforeSync = null;
        cursor.Renew();
        cursor.Sync();

        Assert.Null(cursor.Failure);
        Assert.Equal(level, cursor.SyncedState);
    }

    [Fact]
    public async Task Cursor_beyond_reading_begins_again_at_the_oldest_event()
    {
        using var folder = new JournalFolder();
        await using (EventJournal journal = folder.Open())
        {
            Cursor cursor = journal.OpenCursor("siem");
            await JournalFolder.AppendAsync(journal, 1, 9);
            cursor.Write(new CursorState(1, 8, 7, 0, 0, 0));
        }

        Corrupt(FileOf(folder, "siem"), 0);
        Corrupt(FileOf(folder, "siem"), 1);

        await using EventJournal reopened = folder.Open();
        Assert.Equal(new CursorState(1, 1, 0, 0, 0, 0), reopened.OpenCursor("siem").State);
        Assert.Contains("siem", Assert.Single(reopened.Damage.Reports).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_a_destination_has_passed_are_not_given_again_when_the_log_lost_its_end()
    {
        using var folder = new JournalFolder();
        await using (EventJournal journal = folder.Open())
        {
            Cursor cursor = journal.OpenCursor("siem");
            await JournalFolder.AppendAsync(journal, 1, 9);
            cursor.Write(new CursorState(1, 10, 9, 0, 0, 0));
        }

        File.Delete(folder.Segments[0]);
        File.Delete(Path.Combine(folder.Path, "high-water"));

        await using EventJournal reopened = folder.Open();
        Assert.Equal(10ul, reopened.NextSequence);
        Assert.Equal(10ul, reopened.OpenCursor("siem").State.Position);
    }

    [Fact]
    public async Task Deleted_cursor_begins_anew()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        journal.OpenCursor("old");
        await JournalFolder.AppendAsync(journal, 1, 5);

        Assert.True(journal.DeleteCursor("old"));
        Assert.False(journal.DeleteCursor("old"));

        Assert.Empty(journal.Cursors);
        Assert.Equal(6ul, journal.OpenCursor("old").State.Position);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..")]
    [InlineData("a b/ü:%")]
    public async Task Names_cannot_leave_the_folder_and_come_back_as_they_were(string name)
    {
        using var folder = new JournalFolder();
        await using (EventJournal journal = folder.Open())
            journal.OpenCursor(name);

        string file = Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, "cursors")));
        Assert.Matches("^[A-Za-z0-9._%-]+$", Path.GetFileName(file));
        Assert.Equal(name, Assert.Single(EventJournal.ReadCursors(folder.Path)).Name);
    }

    [Fact]
    public async Task Failed_sync_of_a_cursor_does_not_stop_the_lane_and_holds_retention_back()
    {
        using var folder = new JournalFolder();
        var storage = new FaultyStorage();
        await using EventJournal journal = folder.Open(storage);
        Cursor cursor = journal.OpenCursor("siem");
        await JournalFolder.AppendAsync(journal, 1, 5);
        storage.BeforeSync = FailForCursors;

        cursor.Write(new CursorState(1, 3, 2, 0, 0, 0));
        cursor.Sync();
        Assert.Equal(1ul, cursor.SyncedState.Position);
        Assert.NotNull(cursor.Failure);

        storage.BeforeSync = null;
        cursor.Sync();
        Assert.Equal(1ul, cursor.SyncedState.Position);
        cursor.Write(new CursorState(1, 4, 3, 0, 0, 0));
        cursor.Sync();
        Assert.Equal(4ul, cursor.SyncedState.Position);
        Assert.Null(cursor.Failure);
    }

    private static string FileOf(JournalFolder folder, string name) => Path.Combine(folder.Path, "cursors", name + ".cursor");

    private static void FailForCursors(string path)
    {
        if (path.EndsWith(".cursor", StringComparison.Ordinal))
            throw FaultyStorage.InputOutputError();
    }

    private static void Corrupt(string path, int slot)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[(slot * SlotSize) + 20] ^= 0x40;
        File.WriteAllBytes(path, bytes);
    }
}
