using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>An event that takes the whole process down does so a few times and no more, as long as somebody starts the host again.</summary>
[Promise("G8")]
public sealed class PoisonTests(ITestOutputHelper output) : IDisposable
{
    private const int Events = 40;
    private const int Victim = 17;

    /// <summary>One end without progress makes the lane careful, two marked ones the event suspected; before them each batch before the victim's may make progress.</summary>
    private const int MostEnds = 1 + 2 + 2;

    private readonly SiteFolder _site = new();

    [Theory]
    [InlineData("fail_fast")]
    [InlineData("stack_overflow")]
    public async Task Event_that_kills_the_process_becomes_a_dead_letter_and_everything_else_is_delivered(string way)
    {
        _site.Install("Deadly");
        _site.WriteSite(
            $$"""
              log_aggregation:
                archive: { type: file, format: jsonl, path: ./archive.jsonl }
              siem:
                deadly: { path: "{{_site.File("deadly.txt")}}", victim: {{TestEvents.Id(Victim)}}, way: {{way}}, batch_size: 10 }
            """,
            host: "  plugins: { directory: ./plugins }");
        await _site.TrustAsync("Deadly");
        int ends = 0;
        bool accepted = false;
        while (true)
        {
            await using RunningHost host = RunningHost.Launch(_site);
            bool ended = await host.EndedBeforeAsync(async () =>
            {
                if (!accepted)
                {
                    await host.AcceptAsync(TestEvents.Range(1, Events));
                    accepted = true;
                }

                return await host.MetricAsync("audithost_events_buffered", "deadly") == 0 && await host.MetricAsync("audithost_events_buffered", "archive") == 0;
            }, "drained");
            if (!ended)
            {
                await AssertOneLetterAsync(host);
                break;
            }

            ends++;
            Assert.True(ends <= MostEnds, $"The process ended {ends} times.\n{host.Log}");
        }

        output.WriteLine($"The process ended {ends} times.");
        Assert.True(ends >= 1 + 2, "The event must have killed the process.");
        int[] others = [.. Enumerable.Range(1, Events).Where(number => number != Victim)];
        Assert.Equal(others.Select(TestEvents.Id), _site.Lines("deadly.txt").Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(1, Events).Select(TestEvents.Id), _site.Arrived("archive.jsonl").Keys.Order(StringComparer.Ordinal));
    }

    public void Dispose() => _site.Dispose();

    private async Task AssertOneLetterAsync(RunningHost host)
    {
        JsonElement letter = Assert.Single((await _site.RunAsync("dead-letters", "list", "--json", "--config", "site.yaml")).Expect(0).Json.EnumerateArray());
        Assert.Equal(
            ("deadly", "suspected_poison", TestEvents.Id(Victim), 3),
            (letter.GetProperty("destination").GetString(), letter.GetProperty("cause").GetString(), letter.GetProperty("event_id").GetString(), letter.GetProperty("attempts").GetInt32()));
        await Books.AssertBalancedAsync(host, "deadly");
        await Books.AssertBalancedAsync(host, "archive");
    }
}
