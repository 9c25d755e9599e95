using System.Diagnostics;

namespace AuditHost.EndToEnd.Kernel;

/// <summary>System calls that fail in the real kernel: what was accepted stays, and a sync that failed accepts nothing.</summary>
[Promise("G1", "G2", "G10")]
public sealed class SystemCallFaultTests(ITestOutputHelper output)
{
    private const int Chains = 2;
    private const int CasesPerChain = 48;
    private const int LongFactor = 10;

    [Fact]
    public async Task Sync_that_the_kernel_fails_is_noticed()
    {
        using var site = new SiteFolder();
        site.WriteSite("  log_aggregation: { archive: { type: file, format: jsonl, path: ./archive.jsonl } }");
        string log = site.File("strace.log");
        var fault = new SystemCallFault("fdatasync", "error=EIO", 1, Sticky: true);

        await using RunningHost host = RunningHost.Launch(site, launcher: Strace.Launcher(log, fault));
        Assert.Equal(1, await host.EndAsync());

        Assert.Contains("Cannot sync", host.Log, StringComparison.Ordinal);
        Assert.NotEqual(0, Strace.Fired(log, fault));
    }

    [Fact]
    public async Task Whatever_system_call_fails_nothing_accepted_is_lost()
    {
        var watch = Stopwatch.StartNew();
        using var first = new SystemCallChain(output, 1);
        using var second = new SystemCallChain(output, 2);
        SystemCallChain[] chains = [first, second];
        await Task.WhenAll(chains.Select(chain => chain.RunAsync(Programme.Times(CasesPerChain, LongFactor))));

        foreach (string kind in SystemCallChain.Kinds.Where(kind => chains.All(chain => chain.Fired.GetValueOrDefault(kind) == 0)))
            await first.ProvokeAsync(kind);

        Dictionary<string, int> fired = chains.SelectMany(chain => chain.Fired).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
        Assert.All(SystemCallChain.Kinds, kind => Assert.True(fired.GetValueOrDefault(kind) > 0, $"{kind} never came up."));
        Figures.Record(
            "system calls that fail in the real kernel", chains.Sum(chain => chain.Cases), watch.Elapsed, Programme.SeedText,
            $"{chains.Sum(chain => chain.Accepted)} events accepted, {chains.Sum(chain => chain.Refused)} requests refused, 0 lost; {string.Join(", ", fired.Select(pair => $"{pair.Value} {pair.Key}"))}");
    }
}
