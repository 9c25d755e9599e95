using System.Diagnostics;

namespace AuditHost.EndToEnd.Signals;

/// <summary>A host told to stop at a random moment ends in good order, whatever state its destinations are in, and keeps what they have not got.</summary>
[Promise("G15")]
public sealed class TerminationTests(ITestOutputHelper output) : IDisposable
{
    private const int StopsPerChain = 100;
    private const int BatchSize = 25;

    private readonly SiteFolder _site = new();
    private readonly Ledger _ledger = new(output);

    [Fact]
    [Promise("G15")]
    public async Task Grace_is_as_long_as_the_site_says_and_a_second_signal_ends_it()
    {
        using var hook = new HttpReceiver { Answer = _ => new TaskCompletionSource<int>().Task };
        _site.WriteSite($$"""  webhooks: { hook: { endpoint: "{{hook.Endpoint}}" } }""", host: "  shutdown_grace: 3s");
        var watch = new Stopwatch();
        await using (RunningHost patient = await StartBusyAsync())
        {
            watch.Start();
            int exitCode = await patient.StopAsync();
            Assert.True(exitCode == 0, patient.Log);
            Assert.True(watch.Elapsed > TimeSpan.FromSeconds(2.5), $"It had {watch.Elapsed}.");
        }

        await using (RunningHost pressed = await StartBusyAsync())
        {
            await pressed.TerminateAsync();
            await pressed.UntilAsync(() => pressed.Log.Contains("Stopping.", StringComparison.Ordinal), "stopping");
            await pressed.TerminateAsync();
            Assert.NotEqual(0, await pressed.EndAsync());
            Assert.DoesNotContain("Stopped.", pressed.Log, StringComparison.Ordinal);
        }

        hook.Answer = _ => Task.FromResult(200);
        await using RunningHost last = await RunningHost.StartAsync(_site);
        await last.UntilAsync(async () => await last.MetricAsync("audithost_events_buffered", "hook") == 0, "drained");
        _ledger.Check("hook", hook.Taken);
    }

    [Fact]
    [Promise("G2", "G15")]
    public async Task Host_stopped_at_a_random_moment_keeps_what_troubled_destinations_have_not_got()
    {
        var watch = Stopwatch.StartNew();
        using var first = new StopChain(output, 1);
        using var second = new StopChain(output, 2);
        StopChain[] chains = [first, second];
        await Task.WhenAll(chains.Select(chain => chain.RunAsync(Programme.Times(StopsPerChain))));
        Figures.Record(
            "stops (SIGTERM) at random moments, destinations in trouble", chains.Length * Programme.Times(StopsPerChain), watch.Elapsed, Programme.SeedText,
            $"every exit code 0, {chains.Sum(chain => chain.Accepted)} events accepted, 0 lost, {chains.Sum(chain => chain.Duplicates)} duplicates at the webhook");
    }

    public void Dispose() => _site.Dispose();

    private async Task<RunningHost> StartBusyAsync()
    {
        RunningHost host = await RunningHost.StartAsync(_site);
        await _ledger.PostAsync(host, BatchSize);
        await host.UntilAsync(async () => await host.MetricAsync("audithost_events_buffered", "hook") > 0, "busy");
        return host;
    }
}
