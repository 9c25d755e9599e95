using System.Text;
using AuditHost.PluginKit.Files;

namespace AuditHost.Plugins.Tests.Files;

public sealed class RotatingFileTests : IDisposable
{
    private static readonly DateTimeOffset Evening = new(2026, 11, 23, 19, 59, 58, TimeSpan.Zero);

    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new(Evening);
    private readonly FaultyDevice _device = new();
    private readonly List<string> _warnings = [];

    private string FilePath => _folder["audit.jsonl"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Append_returns_where_each_batch_begins()
    {
        using RotatingFile file = Create();

        Assert.Equal("audit.jsonl:0", Append(file, "one\ntwo\n"));
        Assert.Equal("audit.jsonl:8", Append(file, "three\n"));
        Assert.Equal("one\ntwo\nthree\n", Text());
    }

    [Fact]
    public void Append_ends_a_body_that_lacks_its_last_line_feed()
    {
        using RotatingFile file = Create();

        Append(file, "one");
        Append(file, "two");

        Assert.Equal("one\ntwo\n", Text());
    }

    [Fact]
    public void Files_and_folders_are_created_for_the_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        string path = _folder["a/b/audit.jsonl"];
        using var file = new RotatingFile(new RotatingFileOptions(path), _clock, _warnings.Add, _device);

        file.Open();

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner, System.IO.File.GetUnixFileMode(path));
        Assert.Equal(Owner | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(_folder["a/b"]));
        Assert.Equal(Owner | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(_folder["a"]));
    }

    [Fact]
    public void Rotation_by_size_begins_a_new_file_before_the_limit_is_passed()
    {
        using RotatingFile file = Create(new RotatingFileOptions(FilePath) { MaxBytes = 10 });

        Append(file, "12345678\n");
        Append(file, "abc\n");
        Append(file, "longer than the limit\n");
        Append(file, "end\n");

        Assert.Equal("end\n", Text());
        Assert.Equal("12345678\n", Text("audit-20261123T195958Z-001.jsonl"));
        Assert.Equal("abc\n", Text("audit-20261123T195958Z-002.jsonl"));
        Assert.Equal("longer than the limit\n", Text("audit-20261123T195958Z-003.jsonl"));
    }

    [Theory]
    [InlineData(RotationPeriod.Hourly, 3, 2)]
    [InlineData(RotationPeriod.Daily, 3, 1)]
    [InlineData(RotationPeriod.Daily, 3 + (4 * 3600), 2)]
    [InlineData(RotationPeriod.None, 3 + (4 * 3600), 1)]
    public void Rotation_by_time_begins_a_new_file_with_the_period(RotationPeriod every, int secondsLater, int files)
    {
        using RotatingFile file = Create(new RotatingFileOptions(FilePath) { Every = every });

        Append(file, "before\n");
        _clock.Advance(TimeSpan.FromSeconds(secondsLater));
        Append(file, "after\n");

        Assert.Equal(files, Directory.GetFiles(_folder.Path).Length);
        Assert.EndsWith("after\n", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rotation_by_time_counts_the_age_of_a_file_from_before_the_start()
    {
        System.IO.File.WriteAllText(FilePath, "yesterday\n");
        System.IO.File.SetLastWriteTimeUtc(FilePath, Evening.UtcDateTime.AddDays(-1));
        using RotatingFile file = Create(new RotatingFileOptions(FilePath) { Every = RotationPeriod.Daily });

        Append(file, "today\n");

        Assert.Equal("today\n", Text());
        Assert.Equal("yesterday\n", Text("audit-20261123T195958Z-001.jsonl"));
    }

    [Fact]
    public void A_clock_that_goes_back_does_not_rotate()
    {
        using RotatingFile file = Create(new RotatingFileOptions(FilePath) { Every = RotationPeriod.Hourly });

        Append(file, "one\n");
        _clock.Advance(TimeSpan.FromDays(-3650));
        Append(file, "two\n");

        Assert.Equal("one\ntwo\n", Text());
    }

    [Fact]
    public void Old_files_go_by_count_and_foreign_ones_stay()
    {
        System.IO.File.WriteAllText(_folder["audit-notes.jsonl"], "mine");
        System.IO.File.WriteAllText(_folder["audit-20261123T195958Z-0x1.jsonl"], "mine");
        using RotatingFile file = Create(new RotatingFileOptions(FilePath) { MaxBytes = 1, KeepFiles = 2 });

        for (int number = 0; number < 5; number++)
            Append(file, $"{number}\n");

        Assert.Equal(
            ["audit-20261123T195958Z-003.jsonl", "audit-20261123T195958Z-004.jsonl", "audit-20261123T195958Z-0x1.jsonl", "audit-notes.jsonl", "audit.jsonl"],
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Old_files_go_by_age()
    {
        using RotatingFile file = Create(new RotatingFileOptions(FilePath) { MaxBytes = 1, KeepFor = TimeSpan.FromDays(7) });

        Append(file, "1\n");
        Append(file, "2\n");
        _clock.Advance(TimeSpan.FromDays(8));
        Append(file, "3\n");

        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
        Assert.Equal("2\n", Text("audit-20261201T195958Z-001.jsonl"));
    }

    [Fact]
    public void A_write_that_fails_half_way_leaves_nothing_of_its_batch()
    {
        using RotatingFile file = Create();
        Append(file, "good\n");

        _device.FullAfter = 9;
        IOException failure = Assert.Throws<IOException>(() => Append(file, "lost one\nlost two\n"));
        string afterFailure = Text();
        _device.FullAfter = null;
        Append(file, "lost one\nlost two\n");

        Assert.Equal(28, failure.HResult);
        Assert.Equal("good\n", afterFailure);
        Assert.Equal("good\nlost one\nlost two\n", Text());
    }

    [Fact]
    public void A_sync_that_fails_withdraws_the_batch()
    {
        using RotatingFile file = Create();
        Append(file, "good\n");

        _device.SyncFails = true;
        Assert.Throws<IOException>(() => Append(file, "doubtful\n"));
        string afterFailure = Text();
        _device.SyncFails = false;
        Append(file, "again\n");

        Assert.Equal("good\n", afterFailure);
        Assert.Equal("good\nagain\n", Text());
    }

    [Fact]
    public void Without_fsync_a_failing_sync_is_never_asked()
    {
        using RotatingFile file = Create(new RotatingFileOptions(FilePath) { Sync = false });
        _device.SyncFails = true;

        Append(file, "good\n");

        Assert.Equal("good\n", Text());
    }

    [Fact]
    public void A_half_line_of_a_crash_is_cut_off()
    {
        System.IO.File.WriteAllText(FilePath, "good\n{\"half");
        using RotatingFile file = Create();

        Append(file, "next\n");

        Assert.Equal("good\nnext\n", Text());
        Assert.Contains("6 bytes", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_any_line_is_set_aside_and_not_cut()
    {
        System.IO.File.WriteAllText(FilePath, "{\"not\":\"ours\"}");
        using RotatingFile file = Create();

        Append(file, "next\n");

        Assert.Equal("next\n", Text());
        Assert.Equal("{\"not\":\"ours\"}", Text("audit-20261123T195958Z-001.jsonl"));
    }

    [Fact]
    public void A_file_that_was_moved_away_is_created_anew()
    {
        using RotatingFile file = Create();
        Append(file, "one\n");

        System.IO.File.Move(FilePath, _folder["elsewhere"]);
        string position = Append(file, "two\n");

        Assert.Equal("audit.jsonl:0", position);
        Assert.Equal("one\n", Text("elsewhere"));
        Assert.Equal("two\n", Text());
    }

    [Fact]
    public void A_file_that_was_replaced_is_the_one_written_on()
    {
        using RotatingFile file = Create();
        Append(file, "one\n");

        System.IO.File.WriteAllText(_folder["new"], "new\n");
        System.IO.File.Move(_folder["new"], FilePath, overwrite: true);
        Append(file, "two\n");

        Assert.Equal("new\ntwo\n", Text());
    }

    [Fact]
    public void A_file_that_was_emptied_gets_no_hole()
    {
        using RotatingFile file = Create();
        Append(file, "one\n");

        System.IO.File.WriteAllText(FilePath, string.Empty);
        Append(file, "two\n");

        Assert.Equal("two\n", Text());
    }

    [Fact]
    public void A_relative_path_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Create(new RotatingFileOptions("audit.jsonl")));
    }

    private static string Append(RotatingFile file, string lines) => file.Append(Encoding.UTF8.GetBytes(lines)).ToString();

    private RotatingFile Create(RotatingFileOptions? options = null) =>
        new(options ?? new RotatingFileOptions(FilePath), _clock, _warnings.Add, _device);

    private string Text(string name = "audit.jsonl") => System.IO.File.ReadAllText(_folder[name]);
}
