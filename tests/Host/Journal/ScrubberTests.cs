using AuditHost.Configuration.Options;
using AuditHost.Journal;

namespace AuditHost.Tests.Journal;

[Promise("G11")]
public sealed class ScrubberTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Damage_in_a_sealed_segment_is_found_before_anybody_reads_it()
    {
        using var folder = Folder();
        await using EventJournal journal = await FilledAsync(folder);
        var found = new TaskCompletionSource<DamageReport>(TaskCreationOptions.RunContinuationsAsynchronously);
        journal.Damage.Reported += report => found.TrySetResult(report);
        Flip(folder.Segments[1]);

        _time.Advance(folder.Options.Scrub);
        DamageReport report = await RunAsync(found.Task);

        Assert.Equal(folder.Segments[1], report.File);
    }

    [Fact]
    public async Task Pass_over_a_sound_journal_finds_nothing_and_is_noted_with_its_time()
    {
        using var folder = Folder();
        await using EventJournal journal = await FilledAsync(folder);
        Assert.Null(journal.LastScrub);

        for (int pass = 0; pass < 2; pass++)
        {
            DateTimeOffset before = _time.GetUtcNow();
            while (!(journal.LastScrub > before))
            {
                await _time.WaitForTimersAsync();
                _time.AdvanceToNextTimer();
            }
        }

        Assert.Equal(0, journal.Damage.Count);
    }

    private JournalFolder Folder() => new()
    {
        Options = new JournalOptions { ReserveBytes = 0, SegmentBytes = 8192, MaxBytes = 1 << 20, Scrub = TimeSpan.FromHours(1) }, Time = _time,
    };

    private static async Task<EventJournal> FilledAsync(JournalFolder folder)
    {
        EventJournal journal = folder.Open();
        for (int first = 1; first <= 200; first += 10)
            await JournalFolder.AppendAsync(journal, first, 10, padding: 100);
        Assert.True(folder.Segments.Length > 3);
        return journal;
    }

    /// <summary>Lets the clock run until the task has ended.</summary>
    private async Task<T> RunAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            if (await Task.WhenAny(task, _time.WaitForTimersAsync()) != task)
                _time.AdvanceToNextTimer();
        }

        return await task;
    }

    private static void Flip(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
