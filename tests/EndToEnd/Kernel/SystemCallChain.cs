using System.Net;

namespace AuditHost.EndToEnd.Kernel;

/// <summary>One data directory over many lives of a host, with one fault of the kernel in each.</summary>
internal sealed class SystemCallChain : IDisposable
{
    private const int Requests = 12;
    private const int BatchSize = 40;
    private const int CasesPerCheck = 6;

    /// <summary>Where the life of a host has fewer calls than this, a fault may still come up with a later one.</summary>
    private const int FewestCalls = 3;

    private const int MostLivesPerKind = 20;

    private static readonly (string Call, string Action, bool Sticky)[] Faults =
    [
        ("fdatasync", "error=EIO", false),
        ("fdatasync", "error=EIO", true),
        ("fdatasync", "error=EINTR", false),
        ("fdatasync", "retval=0", true),
        ("fdatasync", "delay_exit=20000", true),
        ("fdatasync", "signal=KILL", false),
        ("fsync", "error=EIO", false),
        ("pwrite64", "error=EIO", false),
        ("pwrite64", "error=ENOSPC", false),
        ("pwrite64", "error=EDQUOT", true),
        ("pwrite64", "retval=0", false),
        ("pwrite64", "signal=KILL", false),
        ("fallocate", "error=ENOSPC", true),
        ("ftruncate", "error=EIO", false),
        ("unlink", "error=EIO", false),
        ("unlink", "signal=KILL", false),
    ];

    private readonly SiteFolder _site = new();
    private readonly ITestOutputHelper _output;
    private readonly Random _random;
    private readonly DestinationTrio _trio;
    private readonly string _log;
    private Dictionary<string, int[]> _places = [];

    public SystemCallChain(ITestOutputHelper output, int chain)
    {
        _output = output;
        _random = Programme.Begin(output, chain);
        _trio = new DestinationTrio(_site, output, "  journal: { segment_bytes: 64KiB, max_bytes: 1MiB, retain: 0s }");
        _log = _site.File("strace.log");
    }

    public static IEnumerable<string> Kinds => Faults.Select(fault => KindOf(fault.Call, fault.Action)).Distinct();

    public Dictionary<string, int> Fired { get; } = [];

    public int Cases { get; private set; }

    public int Refused { get; private set; }

    public int Accepted => _trio.Ledger.Accepted.Length;

    public async Task RunAsync(int cases)
    {
        await FindPlacesAsync();
        for (int index = 0; index < cases; index++)
        {
            await LiveWithAsync(Faults[index % Faults.Length]);
            if (Cases % CasesPerCheck == 0)
                await _trio.CheckAsync(crashes: Cases);
        }
    }

    /// <summary>
    /// More lives for a kind that no life so far has seen: which thread makes a call, and so which of its calls it is,
    /// is the scheduler's choice, and differs from the life in which the places were found.
    /// </summary>
    public async Task ProvokeAsync(string kind)
    {
        for (int life = 0; life < MostLivesPerKind && Fired.GetValueOrDefault(kind) == 0; life++)
        {
            await FindPlacesAsync();
            await LiveWithAsync(Faults.First(fault => KindOf(fault.Call, fault.Action) == kind));
        }

        await _trio.CheckAsync(crashes: Cases);
    }

    public void Dispose()
    {
        _trio.Dispose();
        _site.Dispose();
    }

    private static string KindOf(string call, string action) => $"{call} {action}";

    private async Task FindPlacesAsync()
    {
        await LiveAsync(null);
        _places = Faults.Select(fault => fault.Call).Distinct()
            .ToDictionary(call => call, call => Strace.Places(_log, call, _site.File("data")));
    }

    private async Task LiveWithAsync((string Call, string Action, bool Sticky) kind)
    {
        int[] known = _places[kind.Call];
        int place = _random.Next(Math.Max(known.Length, FewestCalls));
        var fault = new SystemCallFault(kind.Call, kind.Action, place < known.Length ? known[place] : place + 1, kind.Sticky);
        _output.WriteLine(fault.ToString());
        bool killed = await LiveAsync(fault);
        Cases++;
        string name = KindOf(kind.Call, kind.Action);
        Fired[name] = Fired.GetValueOrDefault(name) + (killed || Strace.Fired(_log, fault) > 0 ? 1 : 0);
    }

    /// <summary>A host from its start through some requests to its end, which may come early; a start that fails must say so by itself.</summary>
    /// <returns>Whether the fault killed it.</returns>
    private async Task<bool> LiveAsync(SystemCallFault? fault)
    {
        await using RunningHost host = RunningHost.Launch(_site, "site.yaml", QuickStart.Environment, Strace.Launcher(_log, fault));
        if (!await host.IsReadyAsync())
        {
            Assert.True(fault is { Kills: true } || host.ExitCode == 1, $"{fault}: exit code {host.ExitCode}\n{host.Log}");
            return fault is { Kills: true };
        }

        try
        {
            for (int request = 0; request < Requests; request++)
            {
                if ((await _trio.Ledger.PostAsync(host, BatchSize)).Length > 0)
                    continue;
                Refused++;
                Assert.Equal(HttpStatusCode.ServiceUnavailable, _trio.Ledger.LastStatus);
            }

            // A fault that comes once costs one request; what follows goes to a new segment.
            if (fault is { Sticky: false, Kills: false })
                await host.UntilAsync(async () => (await _trio.Ledger.PostAsync(host, 1)).Length > 0, $"taking events after {fault}");
        }
        catch (HttpRequestException) when (fault is { Kills: true })
        {
            return true;
        }

        bool killed = fault is { Kills: true } && host.HasEnded;
        await host.KillAsync();
        return killed;
    }
}
