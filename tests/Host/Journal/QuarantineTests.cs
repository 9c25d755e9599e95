using System.Text;
using System.Text.Json;
using AuditHost.Journal;
using AuditHost.Journal.Quarantine;
using AuditHost.Journal.Storage;

namespace AuditHost.Tests.Journal;

[Promise("G11")]
public sealed class QuarantineTests
{
    private const int Damaged = 3;

    [Fact]
    public async Task Damaged_bytes_are_kept_once_with_what_is_known_of_them()
    {
        using JournalFolder folder = await DamagedAsync();
        byte[] segment = await File.ReadAllBytesAsync(folder.Segments[0], TestContext.Current.CancellationToken);
        for (int start = 0; start < 2; start++)
        {
            await using EventJournal journal = folder.Open();
            JournalFolder.ReadAll(journal.TryRead);
        }

        string path = Assert.Single(Pieces(folder));
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        int line = Array.IndexOf(bytes, (byte)'\n');
        JsonElement piece = JsonDocument.Parse(bytes.AsMemory(0, line)).RootElement;
        Assert.Equal(Path.GetFileName(folder.Segments[0]), piece.GetProperty("file").GetString());
        Assert.Equal((Damaged, Damaged + 1), (piece.GetProperty("first").GetInt32(), piece.GetProperty("next").GetInt32()));
        int offset = piece.GetProperty("offset").GetInt32();
        Assert.Equal(segment.AsSpan(offset, piece.GetProperty("length").GetInt32()).ToArray(), bytes[(line + 1)..]);
        Assert.Contains($"\"e-{Damaged}\"", Encoding.UTF8.GetString(bytes.AsSpan(line + 1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_outlives_its_segment()
    {
        using JournalFolder folder = await DamagedAsync();
        await using (EventJournal journal = folder.Open())
        {
            JournalFolder.ReadAll(journal.TryRead);
            for (int first = 101; journal.FirstSequence == 1; first += 50)
            {
                await JournalFolder.AppendAsync(journal, first, 50, padding: 400);
                journal.Maintain();
            }

            Assert.NotNull(journal.Quarantine);
        }

        await using EventJournal again = folder.Open();
        Assert.Equal((1, 1ul), (again.Quarantine!.Pieces, again.Quarantine.LostEvents));
        Assert.Equal((0, 1ul), (again.Damage.Reports.Count, again.Damage.LostEvents));
        using JournalReader reader = EventJournal.OpenReadOnly(folder.Path);
        Assert.Equal(again.Quarantine, reader.Quarantine);
    }

    [Fact]
    public async Task Full_disk_puts_the_copy_off_and_nothing_else()
    {
        using JournalFolder folder = await DamagedAsync();
        var storage = new FaultyStorage
        {
            BeforeCreate = path =>
            {
                if (path.Contains(QuarantineFolder.Name, StringComparison.Ordinal))
                    throw FaultyStorage.NoSpace();
            },
        };
        await using (EventJournal journal = folder.Open(storage))
        {
            Assert.Equal(99, JournalFolder.ReadAll(journal.TryRead).Count);
            await JournalFolder.AppendAsync(journal, 101, 1);
            Assert.Null(journal.Quarantine);
        }

        await using (EventJournal journal = folder.Open())
            JournalFolder.ReadAll(journal.TryRead);
        Assert.Single(Pieces(folder));
    }

    [Fact]
    public async Task Piece_that_a_crash_left_unfinished_is_copied_again()
    {
        using JournalFolder folder = await DamagedAsync();
        await using (EventJournal journal = folder.Open())
            JournalFolder.ReadAll(journal.TryRead);
        string path = Pieces(folder).Single();
        byte[] whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(path, whole[..^1], TestContext.Current.CancellationToken);

        await using (EventJournal journal = folder.Open())
            JournalFolder.ReadAll(journal.TryRead);

        byte[] copied = await File.ReadAllBytesAsync(Pieces(folder).Single(), TestContext.Current.CancellationToken);
        Assert.Equal(whole[Array.IndexOf(whole, (byte)'\n')..], copied[Array.IndexOf(copied, (byte)'\n')..]);
    }

    [Fact]
    public async Task Cursor_and_mark_are_kept_before_they_are_written_anew()
    {
        using JournalFolder folder = await DamagedAsync();
        byte[] noise = [.. Enumerable.Range(0, 1024).Select(number => (byte)number)];
        Directory.CreateDirectory(Path.Combine(folder.Path, "cursors"));
        string[] files = [Path.Combine(folder.Path, "high-water"), Path.Combine(folder.Path, "cursors", "siem.cursor")];
        foreach (string file in files)
            await File.WriteAllBytesAsync(file, noise, TestContext.Current.CancellationToken);

        await using (EventJournal journal = folder.Open())
            journal.OpenCursor("siem");

        foreach (string file in files)
        {
            byte[] piece = await File.ReadAllBytesAsync(
                Pieces(folder).Single(path => path.Contains(Path.GetFileName(file), StringComparison.Ordinal)), TestContext.Current.CancellationToken);
            Assert.Equal(noise, piece[^noise.Length..]);
        }
    }

    [Fact]
    public void Oldest_pieces_make_room_and_the_newest_says_how_many()
    {
        using var folder = new JournalFolder();
        string file = Path.Combine(folder.Path, "segment");
        File.WriteAllBytes(file, new byte[10_000]);
        var damage = new DamageLog();
        var quarantine = new DamageQuarantine(folder.Path, DiskStorage.Instance, TimeProvider.System, damage, maxBytes: 5000);
        for (ulong number = 1; number <= 9; number++)
            damage.Report(new DamageReport(file, (long)number * 1000, number, number + 1, "Test.") { Length = 1000 });

        quarantine.Keep();

        QuarantineSummary summary = Assert.IsType<QuarantineSummary>(quarantine.Summary);
        Assert.InRange(summary.Bytes, 3000, 5000);
        Assert.Equal((9, 9ul), (summary.Pieces + (int)summary.Removed, summary.LostEvents));
        Assert.Equal(summary.Removed, QuarantineSummary.Read(folder.Path, DiskStorage.Instance)!.Removed);
        Assert.Equal(summary.Pieces, Pieces(folder).Length);
    }

    private static string[] Pieces(JournalFolder folder) =>
        Directory.Exists(Path.Combine(folder.Path, QuarantineFolder.Name)) ? Directory.GetFiles(Path.Combine(folder.Path, QuarantineFolder.Name)) : [];

    /// <summary>A journal of 100 events, the third of which has a flipped bit.</summary>
    private static async Task<JournalFolder> DamagedAsync()
    {
        var folder = new JournalFolder { Options = new() { ReserveBytes = 0, SegmentBytes = 64 << 10, TailBytes = 1, Retain = TimeSpan.Zero, MaxBytes = 1 << 20 } };
        await using (EventJournal journal = folder.Open())
        {
            for (int first = 1; first <= 100; first += 10)
                await JournalFolder.AppendAsync(journal, first, 10);
        }

        byte[] bytes = await File.ReadAllBytesAsync(folder.Segments[0], TestContext.Current.CancellationToken);
        int at = Encoding.UTF8.GetString(bytes.Select(value => value < 128 ? value : (byte)'?').ToArray()).IndexOf($"\"e-{Damaged}\"", StringComparison.Ordinal);
        bytes[at + 40] ^= 1;
        await File.WriteAllBytesAsync(folder.Segments[0], bytes, TestContext.Current.CancellationToken);
        return folder;
    }
}
