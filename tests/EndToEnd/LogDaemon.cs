using System.Diagnostics;

namespace AuditHost.EndToEnd;

/// <summary>A real log daemon that <c>tests/install</c> unpacked, as a child process.</summary>
internal sealed class LogDaemon : IAsyncDisposable
{
    private readonly Process _process;

    private LogDaemon(Process process) => _process = process;

    /// <summary>rsyslog with these rules.</summary>
    public static LogDaemon StartRsyslog(SiteFolder site, string rules)
    {
        string home = Find("rsyslog");
        site.Write("rsyslog.conf", $"global(workDirectory=\"{site.Path}\")\n{rules}");
        return Start(
            home, Path.Combine(home, "usr/sbin/rsyslogd"),
            "-n", "-M", FindModules(home, "imfile.so"), "-f", site.File("rsyslog.conf"), "-i", site.File("rsyslogd.pid"));
    }

    /// <summary>syslog-ng with these rules.</summary>
    public static LogDaemon StartSyslogNg(SiteFolder site, string rules)
    {
        string home = Find("syslog-ng");
        site.Write("syslog-ng.conf", $"@version: 3.38\noptions {{ keep-hostname(yes); use-dns(no); dns-cache(no); }};\n{rules}");
        return Start(
            home, Path.Combine(home, "usr/sbin/syslog-ng"),
            "-F", "--no-caps", "-f", site.File("syslog-ng.conf"), "--module-path", FindModules(home, "libsyslogformat.so"),
            "-p", site.File("syslog-ng.pid"), "-c", site.File("syslog-ng.ctl"), "-R", site.File("syslog-ng.persist"));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static LogDaemon Start(string home, string executable, params string[] arguments)
    {
        var start = new ProcessStartInfo(executable, arguments);
        start.Environment["LD_LIBRARY_PATH"] = File.ReadAllText(Path.Combine(home, "library-path")).Trim();
        return new LogDaemon(Process.Start(start)!);
    }

    private static string Find(string name)
    {
        string home = Path.Combine(Repository.Root, "artifacts", "test-tools", name);
        if (!File.Exists(Path.Combine(home, "library-path")))
            Assert.Skip($"{name} is not installed: run tests/install");
        return home;
    }

    private static string FindModules(string home, string file) => Path.GetDirectoryName(Directory.GetFiles(home, file, SearchOption.AllDirectories).Single())!;
}
