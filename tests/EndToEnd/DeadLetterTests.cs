using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>Destinations in trouble, what they refuse, and how it is sent again.</summary>
[Promise("G7", "G14")]
public sealed class DeadLetterTests : IDisposable
{
    private const int Refused = 3;

    private readonly SiteFolder _site = new();
    private readonly HttpReceiver _hook = new();

    [Theory]
    [InlineData("down")]
    [InlineData("slow")]
    [InlineData("picky")]
    public async Task Destination_in_trouble_delays_no_other(string trouble)
    {
        var held = new TaskCompletionSource<int>();
        WriteSite();
        if (trouble == "down")
            _hook.Dispose();
        else
            _hook.Answer = trouble == "slow" ? _ => held.Task : Picky;
        await using RunningHost host = await RunningHost.StartAsync(_site);

        await host.AcceptAsync(TestEvents.Range(1, 10));

        await host.UntilAsync(() => _site.Lines("archive.jsonl").Length == 10, "delivered to the file");
        Assert.Equal(TestEvents.Range(1, 10), _site.Lines("archive.jsonl"));
        if (trouble != "picky")
            Assert.Equal(10, await host.MetricAsync("audithost_events_buffered", "hook"));
        held.SetResult(200);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refused_event_is_a_dead_letter_until_it_is_sent_again(bool online)
    {
        await using RunningHost host = await WithOneDeadLetterAsync();
        if (!online)
            Assert.Equal(0, await host.StopAsync());

        JsonElement letter = Assert.Single((await Run("list", "--json")).Expect(0).Json.EnumerateArray());
        string id = letter.GetProperty("id").GetRawText();
        CommandResult show = (await Run("show", id)).Expect(0);
        JsonElement shown = show.Json;
        CommandResult rehearsal = (await Run("replay", "--dry-run")).Expect(0);

        Assert.Equal(TestEvents.Id(Refused), letter.GetProperty("event_id").GetString());
        Assert.Equal(("hook", "rejected", 400), (letter.GetProperty("destination").GetString(), letter.GetProperty("cause").GetString(), letter.GetProperty("status").GetInt32()));
        Assert.Equal(TestEvents.Json(Refused), shown.GetProperty("original").GetString());
        Assert.DoesNotContain("\\u00", show.Output, StringComparison.Ordinal);
        Assert.Equal("1 event would be sent.\n", rehearsal.Output);
        Assert.False(_hook.Taken.ContainsKey(TestEvents.Id(Refused)));

        (await Run("replay")).Expect(1);
        Assert.Single((await Run("list", "--json")).Expect(0).Json.EnumerateArray());
        _hook.Answer = _ => Task.FromResult(200);
        (await Run("replay", id)).Expect(0);

        Assert.Equal(1, _hook.Taken[TestEvents.Id(Refused)]);
        Assert.Empty((await Run("list", "--json")).Expect(0).Json.EnumerateArray());
    }

    [Fact]
    public async Task Discarded_letter_is_booked_as_dropped()
    {
        await using RunningHost host = await WithOneDeadLetterAsync();

        CommandResult refused = (await Run("discard")).Expect(1);
        CommandResult discarded = (await Run("discard", "--yes")).Expect(0);

        Assert.Equal("audithost: 1 dead letter would be lost for good; say --yes to discard.\n", refused.Error);
        Assert.Equal("1 dead letter discarded.\n", discarded.Output);

        Assert.Empty((await Run("list", "--json")).Expect(0).Json.EnumerateArray());
        Assert.Equal(1, await host.MetricAsync("audithost_events_dropped_total", "hook"));
        await Books.AssertBalancedAsync(host, "hook");
    }

    [Fact]
    public async Task Dead_letter_can_be_sent_to_another_destination()
    {
        await using RunningHost host = await WithOneDeadLetterAsync();
        int before = _site.Lines("archive.jsonl").Length;

        (await Run("replay", "--to", "archive")).Expect(0);

        Assert.Equal(TestEvents.Json(Refused), _site.Lines("archive.jsonl")[before..].Single());
    }

    [Fact]
    public async Task New_destination_is_filled_from_the_oldest_event()
    {
        WriteSite();
        await using (RunningHost host = await RunningHost.StartAsync(_site))
        {
            await host.AcceptAsync(TestEvents.Range(1, 10));
            await host.UntilAsync(() => _site.Lines("archive.jsonl").Length == 10, "delivered");
            Assert.Equal(0, await host.StopAsync());
        }

        WriteSite("    fresh: { type: file, format: jsonl, path: ./fresh.jsonl }");
        await using RunningHost second = await RunningHost.StartAsync(_site);
        (await _site.RunAsync("replay", "--destination", "fresh", "--from", "oldest", "--config", "site.yaml")).Expect(0);

        Assert.Equal(TestEvents.Range(1, 10), _site.Lines("fresh.jsonl"));
    }

    public void Dispose()
    {
        _hook.Dispose();
        _site.Dispose();
    }

    private static Task<int> Picky(string body) => Task.FromResult(body.Contains(TestEvents.Id(Refused), StringComparison.Ordinal) ? 400 : 200);

    private Task<CommandResult> Run(string command, params string[] arguments) =>
        _site.RunAsync(["dead-letters", command, .. arguments, "--config", "site.yaml"]);

    private async Task<RunningHost> WithOneDeadLetterAsync()
    {
        WriteSite();
        _hook.Answer = Picky;
        RunningHost host = await RunningHost.StartAsync(_site);
        try
        {
            await host.AcceptAsync(TestEvents.Range(1, 10));
            await host.UntilAsync(async () => await host.MetricAsync("audithost_events_dead_lettered", "hook") == 1, "refused");
            await host.UntilAsync(async () => await host.MetricAsync("audithost_events_delivered_total", "hook") == 9, "delivered");
            await host.UntilAsync(() => _site.Lines("archive.jsonl").Length == 10, "delivered to the file");
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private void WriteSite(string more = "") => _site.WriteSite($$"""
          log_aggregation:
            archive: { type: file, format: jsonl, path: ./archive.jsonl }
        {{more}}
          webhooks:
            hook: { endpoint: "{{_hook.Endpoint}}", mode: single, circuit_breaker: { timeout_seconds: 0.5 } }
        """);
}
