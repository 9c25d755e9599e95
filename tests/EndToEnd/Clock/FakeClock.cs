using System.Globalization;

namespace AuditHost.EndToEnd.Clock;

/// <summary>Debian's <c>libfaketime</c>: what the host takes for the time of day, changed while it runs. Its timers are left alone.</summary>
internal sealed class FakeClock
{
    private static readonly string Unpacked = Path.Combine(Repository.Root, "artifacts", "test-tools", "faketime");

    /// <summary>Where <c>tests/install</c> unpacked it.</summary>
    private static readonly string? Library = Directory.Exists(Unpacked)
        ? Directory.EnumerateFiles(Unpacked, "libfaketimeMT.so.1", SearchOption.AllDirectories).FirstOrDefault()
        : null;

    private readonly string _file;

    public FakeClock(SiteFolder site)
    {
        Assert.True(Library is not null, "libfaketime is not installed: run tests/install");
        _file = site.File("clock");
        Set(0);
    }

    /// <summary>What a host is started with.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(QuickStart.Environment)
    {
        ["LD_PRELOAD"] = Library!,
        ["FAKETIME_TIMESTAMP_FILE"] = _file,
        ["FAKETIME_NO_CACHE"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
    };

    /// <summary>Moves the clock to so many seconds beside the right time. The host sees it at once.</summary>
    public void Set(long seconds)
    {
        // Replaced as a whole: half a file would be read as another time.
        File.WriteAllText(_file + ".new", seconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture) + "\n");
        File.Move(_file + ".new", _file, overwrite: true);
    }
}
