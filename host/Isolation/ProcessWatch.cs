using AuditHost.Configuration.Options;

namespace AuditHost.Isolation;

/// <summary>Looks at a plugin's process several times a second: what it uses, and every few seconds whether it still answers.</summary>
internal sealed class ProcessWatch(PluginProcess process, IsolationOptions options, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    private Task? _ping;
    private long _pingedAt;

    public async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (!process.HasEnded && await timer.WaitForNextTickAsync())
        {
            if (Problem() is { } problem)
                process.Kill(problem);
        }
    }

    private string? Problem()
    {
        if (ProcessUsage.Of(process.Id) is { } usage)
        {
            if (usage.ResidentBytes > options.MemoryBytes)
                return $"took {usage.ResidentBytes >> 20} MiB of memory, more than isolation.memory allows ({options.MemoryBytes >> 20} MiB)";
            if (usage.Threads > options.Threads)
                return $"has {usage.Threads} threads, more than isolation.threads allows ({options.Threads})";
        }

        if (_ping is { IsCompleted: false })
            return time.GetElapsedTime(_pingedAt) > Heartbeat ? $"did not answer for {Heartbeat.TotalSeconds:0} s" : null;
        if (_ping is null || time.GetElapsedTime(_pingedAt) > Heartbeat)
        {
            _pingedAt = time.GetTimestamp();
            _ping = process.PingAsync();
        }

        return null;
    }
}
