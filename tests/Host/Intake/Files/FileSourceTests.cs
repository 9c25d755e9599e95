using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Intake.Files;
using AuditHost.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Tests.Intake.Files;

public sealed class FileSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingSink _sink = new();
    private readonly RecordedRejections _rejected = new();

    public FileSourceTests() => Directory.CreateDirectory(_folder.File("log"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Log => _folder.File("log/audit.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Once_reads_every_matching_file_to_its_end()
    {
        Write(Log, Events(1, 3));
        Write(_folder.File("log/audit-2.jsonl"), Events(4, 5));
        Write(_folder.File("log/other.jsonl"), Events(9, 9));

        await RunOnceAsync();

        Assert.Equal([.. Numbers(4, 5), .. Numbers(1, 3)], _sink.Events);
    }

    [Fact]
    public async Task A_second_run_reads_only_what_has_come_since()
    {
        Write(Log, Events(1, 3));
        await RunOnceAsync();
        await RunOnceAsync();
        Append(Log, Events(4, 4));
        await RunOnceAsync();

        Assert.Equal(Numbers(1, 4), _sink.Events);
    }

    [Fact]
    public async Task A_last_line_without_an_end_is_taken_if_it_is_an_event_and_left_otherwise()
    {
        Write(Log, "{\"n\":1}\n{\"n\":2}");
        await RunOnceAsync();
        Append(Log, "\n{\"n\":");
        await RunOnceAsync();
        Assert.Equal(Numbers(1, 2), _sink.Events);

        Append(Log, "3}\n");
        await RunOnceAsync();

        Assert.Equal(Numbers(1, 3), _sink.Events);
        Assert.Empty(_rejected.Pieces);
    }

    [Fact]
    public async Task A_position_that_was_not_saved_gives_the_same_ids_again()
    {
        Write(Log, Events(1, 1));
        await RunOnceAsync();
        string positions = Directory.GetFiles(_folder.File("state"), "*.positions").Single();
        byte[] before = await File.ReadAllBytesAsync(positions, Stop);
        Append(Log, Events(2, 400));
        await RunOnceAsync();

        // The crash: the events are in the journal, the position is the one before them.
        await File.WriteAllBytesAsync(positions, before, Stop);
        await RunOnceAsync();

        Assert.Equal([.. Numbers(1, 400), .. Numbers(2, 400)], _sink.Events);
        Assert.Equal(_sink.Ids[1..400], _sink.Ids[400..]);
        Assert.Equal(400, _sink.Ids.Distinct().Count());
        Assert.DoesNotContain(null, _sink.Ids);
    }

    [Fact]
    public async Task An_emptied_file_is_begun_again_with_new_ids()
    {
        Write(Log, Events(1, 3));
        await RunOnceAsync();
        Write(Log, Events(1, 2));
        await RunOnceAsync();

        Assert.Equal([.. Numbers(1, 3), .. Numbers(1, 2)], _sink.Events);
        Assert.Equal(5, _sink.Ids.Distinct().Count());
    }

    [Fact]
    public async Task An_emptied_file_that_has_grown_past_its_position_is_noticed()
    {
        Write(Log, Events(1, 3));
        await RunOnceAsync();
        Write(Log, Events(10, 40));
        await RunOnceAsync();

        Assert.Equal([.. Numbers(1, 3), .. Numbers(10, 40)], _sink.Events);
    }

    [Fact]
    public async Task A_file_renamed_out_of_the_pattern_while_nobody_looked_is_finished_first()
    {
        Write(Log, Events(1, 3));
        await RunOnceAsync();
        Append(Log, Events(4, 5));
        File.Move(Log, _folder.File("log/rotated.20260331_065213"));
        Write(Log, Events(6, 7));
        await RunOnceAsync();

        Assert.Equal(Numbers(1, 7), _sink.Events);
    }

    [Fact]
    public async Task A_file_renamed_within_the_pattern_is_not_read_again()
    {
        Write(Log, Events(1, 3));
        await RunOnceAsync();
        File.Move(Log, _folder.File("log/audit.1.jsonl"));
        Write(Log, Events(4, 5));
        await RunOnceAsync();

        Assert.Equal(Numbers(1, 5), _sink.Events);
    }

    [Fact]
    public async Task Following_sees_appends_new_files_and_late_lines_of_a_renamed_file()
    {
        Write(Log, Events(1, 1));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task run = Source(once: false).RunAsync(stop.Token);
        await _sink.WaitForAsync(1);

        await using (var writer = new FileStream(Log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            await writer.WriteAsync(Encoding.UTF8.GetBytes(Events(2, 3)), Stop);
            await writer.FlushAsync(Stop);
            await _sink.WaitForAsync(3);
            File.Move(Log, _folder.File("log/rotated.1"));
            Write(_folder.File("log/audit-new.jsonl"), Events(4, 4));
            await _sink.WaitForAsync(4);
            await writer.WriteAsync(Encoding.UTF8.GetBytes(Events(5, 5)), Stop);
        }

        await _sink.WaitForAsync(5);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        Assert.Equal(Numbers(1, 5), _sink.Events);
    }

    [Fact]
    public async Task A_file_emptied_while_it_is_followed_is_begun_again()
    {
        Write(Log, Events(1, 3));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task run = Source(once: false).RunAsync(stop.Token);
        await _sink.WaitForAsync(3);
        Write(Log, Events(4, 4));
        await _sink.WaitForAsync(4);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        Assert.Equal(Numbers(1, 4), _sink.Events);
    }

    [Fact]
    public async Task Without_from_start_only_what_comes_after_the_first_start_is_read()
    {
        Write(Log, Events(1, 3));
        await RunOnceAsync(fromStart: false);
        Append(Log, Events(4, 4));
        Write(_folder.File("log/audit-new.jsonl"), Events(5, 5));
        await RunOnceAsync(fromStart: false);

        Assert.Equal([.. Numbers(5, 5), .. Numbers(4, 4)], _sink.Events);
    }

    [Fact]
    public async Task A_full_journal_moves_no_position()
    {
        Write(Log, Events(1, 3));
        _sink.FailNext(new JournalFullException("full", TimeSpan.FromHours(1)));
        var time = new ManualTimeProvider();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task run = Source(once: true, time: time).RunAsync(stop.Token);
        // The rescan's timer and the pause.
        await time.WaitForTimersAsync(2);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(_sink.Events);

        await RunOnceAsync();

        Assert.Equal(Numbers(1, 3), _sink.Events);
    }

    [Fact]
    public async Task A_stop_while_the_rate_holds_it_up_repeats_nothing()
    {
        Write(Log, Events(1, 3));
        var time = new ManualTimeProvider();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task run = Source(once: true, time: time, rate: new RateLimitOptions { EventsPerSecond = 1, Burst = 1 }).RunAsync(stop.Token);
        // The rescan's timer and the pause.
        await time.WaitForTimersAsync(2);
        await stop.CancelAsync();
        try
        {
            await run;
        }
        catch (OperationCanceledException)
        {
            // It had more to look at.
        }

        Assert.Equal(Numbers(1, 3), _sink.Events);
        await RunOnceAsync();

        Assert.Equal(Numbers(1, 3), _sink.Events);
    }

    [Fact]
    public async Task A_binary_file_is_kept_as_rejected_once()
    {
        byte[] binary = new byte[100_000];
        new Random(1).NextBytes(binary);
        binary[0] = 0x7F;
        for (int i = 0; i < binary.Length; i++)
        {
            if (binary[i] == (byte)'{')
                binary[i] = 0;
        }

        binary[^1] = (byte)'\n';
        await File.WriteAllBytesAsync(Log, binary, Stop);
        Append(Log, Events(1, 1));

        await RunOnceAsync();
        await RunOnceAsync();

        Assert.Equal(Numbers(1, 1), _sink.Events);
        Assert.Equal(binary.Length, Assert.Single(_rejected.Pieces).Length);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_holds_up_no_other_and_is_named_at_the_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A file whose every read fails is at hand on Linux only.");
        string unreadable = _folder.File("log/audit-0.jsonl");
        File.CreateSymbolicLink(unreadable, "/sys/class/net/lo/speed");
        Write(Log, Events(1, 3));

        IOException error = await Assert.ThrowsAsync<IOException>(() => RunOnceAsync());

        Assert.Contains(unreadable, error.Message, StringComparison.Ordinal);
        Assert.Equal(Numbers(1, 3), _sink.Events);
        File.Delete(unreadable);
        Append(Log, Events(4, 4));
        await RunOnceAsync();
        Assert.Equal(Numbers(1, 4), _sink.Events);
    }

    [Fact]
    public async Task Damaged_positions_are_reported_with_what_to_do()
    {
        Write(Log, Events(1, 1));
        await RunOnceAsync();
        string positions = Directory.GetFiles(_folder.File("state"), "*.positions").Single();
        await File.WriteAllTextAsync(positions, "[{", Stop);

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => RunOnceAsync());

        Assert.Contains(positions, error.Message, StringComparison.Ordinal);
        Assert.Contains("Delete it", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("log/*/audit?.jsonl", new[] { "log/a/audit1.jsonl" })]
    [InlineData("log/**/*.jsonl", new[] { "log/a/audit1.jsonl", "log/a/b/audit22.jsonl", "log/top.jsonl" })]
    [InlineData("log/top.jsonl", new[] { "log/top.jsonl" })]
    [InlineData("none/*.jsonl", new string[0])]
    public void Patterns_match_folders_and_names(string pattern, string[] expected)
    {
        Directory.CreateDirectory(_folder.File("log/a/b"));
        foreach (string path in new[] { "log/top.jsonl", "log/a/audit1.jsonl", "log/a/b/audit22.jsonl", "log/a/other.txt" })
            Write(_folder.File(path), "");

        Assert.Equal(expected, new FilePattern(_folder.File(pattern)).Enumerate().Select(path => Path.GetRelativePath(_folder.Path, path)));
    }

    private static string Events(int first, int last) => string.Concat(Numbers(first, last).Select(item => item + "\n"));

    private static string[] Numbers(int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(n => $"{{\"n\":{n}}}")];

    /// <summary>Keeps the file and replaces its content, as copytruncate does.</summary>
    private static void Write(string path, string content) => File.WriteAllText(path, content);

    private static void Append(string path, string content) => File.AppendAllText(path, content);

    private Task RunOnceAsync(bool fromStart = true) => Source(once: true, fromStart).RunAsync(Stop);

    private FileSource Source(bool once, bool fromStart = true, TimeProvider? time = null, RateLimitOptions? rate = null) => new(
        new FileSourceOptions { Path = _folder.File("log/audit*.jsonl"), FromStart = fromStart, RateLimit = rate },
        _folder.File("state"), _sink, _rejected, time ?? TimeProvider.System, NullLogger.Instance, once);
}
