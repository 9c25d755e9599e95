using System.Diagnostics;

namespace AuditHost.EndToEnd.Clock;

/// <summary>The time of day jumps under the real executable: nothing is lost, sent twice or given up, and nothing waits for a time that may never come.</summary>
[Promise("G2", "G12")]
public sealed class ClockTests(ITestOutputHelper output)
{
    private const int Jumps = 30;
    private const int JumpsPerStart = 10;
    private const int BatchSize = 40;
    private const long Year = 365 * 86_400;

    [Fact]
    public async Task Whatever_the_clock_says_events_are_accepted_delivered_once_and_not_given_up()
    {
        var watch = Stopwatch.StartNew();
        Random random = Programme.Begin(output);
        using var site = new SiteFolder();
        using var trio = new DestinationTrio(site, output, "  journal: { segment_bytes: 64KiB, retain: 1h }");
        var clock = new FakeClock(site);
        (long furthest, long offset) = (0, 0);
        RunningHost host = await RunningHost.StartAsync(site, environment: clock.Environment);
        try
        {
            for (int jump = 1; jump <= Programme.Times(Jumps); jump++)
            {
                // While the hook is away its events wait and are tried again, across the jump.
                trio.Refusal = 503;
                Assert.NotEmpty(await trio.Ledger.PostAsync(host, BatchSize));
                offset = OffsetAfter(jump, offset, random);
                clock.Set(offset);
                furthest = Math.Max(furthest, Math.Abs(offset));
                await AssertShowsAsync(host, offset);
                Assert.NotEmpty(await trio.Ledger.PostAsync(host, BatchSize));
                if (jump % JumpsPerStart == 0)
                {
                    Assert.Equal(0, await host.StopAsync());
                    await host.DisposeAsync();
                    host = await RunningHost.StartAsync(site, environment: clock.Environment);
                }

                trio.Refusal = null;
                await host.UntilAsync(async () => await host.BufferedAsync() == 0, $"drained after jump {jump}, to {offset} s");
            }

            await trio.CheckAsync(host, crashes: 0);
        }
        finally
        {
            await host.DisposeAsync();
        }

        Assert.True(furthest >= 10 * Year, "The clock never went ten years away.");
        Figures.Record(
            "jumps of the clock under the real executable", Programme.Times(Jumps), watch.Elapsed, Programme.SeedText,
            $"up to {furthest / Year} years away; {trio.Ledger.Accepted.Length} events accepted, 0 lost, 0 duplicates");
    }

    /// <summary>Ten years there, ten years back, seconds and hours: what adjusters, dead batteries and daylight saving do.</summary>
    private static long OffsetAfter(int jump, long offset, Random random) => (jump % 6) switch
    {
        1 => 10 * Year,
        2 => -10 * Year,
        3 => 0,
        4 => offset - 1,
        5 => offset + 3600,
        _ => random.NextInt64(-10 * Year, 10 * Year),
    };

    /// <summary>The host has noticed: its answers carry the time it believes in.</summary>
    private static async Task AssertShowsAsync(RunningHost host, long offset)
    {
        DateTimeOffset expected = DateTimeOffset.UtcNow.AddSeconds(offset);
        await host.UntilAsync(
            async () =>
            {
                using HttpResponseMessage answer = await host.Http.GetAsync("/health/live", TestContext.Current.CancellationToken);
                return (answer.Headers.Date!.Value - expected).Duration() < TimeSpan.FromMinutes(1);
            },
            $"showing {expected:u}");
    }
}
