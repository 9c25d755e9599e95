using System.Net;
using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>Events that wait for a destination that is away, disabled or gone, and the disk they take.</summary>
[Promise("G2", "G14")]
public sealed class BacklogTests : IDisposable
{
    private const string Archive = "    archive: { type: file, format: jsonl, path: ./archive.jsonl }";

    private readonly SiteFolder _site = new();
    private readonly HttpReceiver _hook = new();

    [Fact]
    public async Task Destination_that_never_answers_loses_its_oldest_events_and_nobody_else_anything()
    {
        var held = new TaskCompletionSource<int>();
        _hook.Answer = _ => held.Task;
        WriteSite("hook", ", quota: 512KiB, on_full: drop_oldest");
        await using RunningHost host = await RunningHost.StartAsync(_site);

        // Twice the journal's limit: without the policy the host would refuse.
        const int Rounds = 10;
        const int Events = 400;
        for (int round = 0; round < Rounds; round++)
        {
            string[] events = [.. Enumerable.Range((round * Events) + 1, Events).Select(number => TestEvents.Json(number).Replace("batch_svc", new string('x', 1000), StringComparison.Ordinal))];
            await host.UntilAsync(async () =>
            {
                using HttpResponseMessage response = await host.PostAsync(string.Join('\n', events), "application/x-ndjson");
                return response.StatusCode == HttpStatusCode.OK;
            }, "accepted");
            await host.UntilAsync(async () => await host.MetricAsync("audithost_backlog_bytes", "hook") <= 512 << 10, "within its quota");
        }

        await host.UntilAsync(() => _site.Lines("archive.jsonl").Length >= Rounds * Events, "delivered to the file");
        JsonElement status = (await _site.RunAsync("status", "--json", "--config", "site.yaml")).Expect(0).Json;
        JsonElement hook = status.GetProperty("destinations").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "hook");
        long dropped = hook.GetProperty("dropped").GetInt64();
        Assert.True(dropped > 0);
        Assert.Equal("drop_oldest", hook.GetProperty("on_full").GetString());
        Assert.Equal(dropped, status.GetProperty("drops").EnumerateArray().Sum(drop => drop.GetProperty("events").GetInt64()));
        Assert.Equal(dropped, await host.MetricAsync("audithost_events_given_up_total", "hook"));
        await Books.AssertBalancedAsync(host, "hook");
        Assert.Contains("dropped: ", (await _site.RunAsync("status", "--config", "site.yaml")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("drop_oldest", host.Log, StringComparison.Ordinal);
        held.SetResult(200);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Backlog_of_a_destination_that_left_the_site_file_is_adopted_by_another(bool online)
    {
        RunningHost host = await LeaveBehindAsync();
        await using (host)
        {
            await host.UntilAsync(() => host.Log.Contains("No destination of the site serves 'hook' (removed): 5 events", StringComparison.Ordinal), "warned of");
            JsonElement backlog = Assert.Single((await RunAsync("list", "--json")).Expect(0).Json.EnumerateArray());
            Assert.Equal(("hook", "removed", 5), (backlog.GetProperty("name").GetString(), backlog.GetProperty("state").GetString(), backlog.GetProperty("events").GetInt32()));
            if (!online)
                Assert.Equal(0, await host.StopAsync());
            _hook.Answer = _ => Task.FromResult(200);

            CommandResult refused = (await RunAsync("adopt", "hook", "--as", "successor")).Expect(1);
            CommandResult adopted = (await RunAsync("adopt", "hook", "--as", "successor", "--yes")).Expect(0);

            Assert.Contains("say --yes to adopt", refused.Error, StringComparison.Ordinal);
            Assert.Contains("successor has adopted 'hook' (removed): 5 events", adopted.Output, StringComparison.Ordinal);
            Assert.Empty((await RunAsync("list", "--json")).Expect(0).Json.EnumerateArray());
        }

        await using RunningHost again = await RunningHost.StartAsync(_site);
        await again.UntilAsync(() => _hook.Taken.Count == 5, "delivered by the successor");
        await Books.AssertBalancedAsync(again, "successor");
    }

    [Fact]
    public async Task Discarded_backlog_is_on_record()
    {
        await using RunningHost host = await LeaveBehindAsync();

        (await RunAsync("discard", "hook")).Expect(1);
        CommandResult discarded = (await RunAsync("discard", "hook", "--yes")).Expect(0);

        Assert.Contains("Discarded 'hook' (removed): 5 events", discarded.Output, StringComparison.Ordinal);
        JsonElement drop = Assert.Single((await _site.RunAsync("status", "--json", "--config", "site.yaml")).Expect(0).Json.GetProperty("drops").EnumerateArray());
        Assert.Equal(("hook", "discarded", 5), (drop.GetProperty("destination").GetString(), drop.GetProperty("reason").GetString(), drop.GetProperty("events").GetInt32()));
    }

    public void Dispose()
    {
        _hook.Dispose();
        _site.Dispose();
    }

    /// <summary>A running host whose site file has lost a destination that five events wait for.</summary>
    private async Task<RunningHost> LeaveBehindAsync()
    {
        _hook.Answer = _ => Task.FromResult(503);
        WriteSite("hook", string.Empty);
        await using (RunningHost host = await RunningHost.StartAsync(_site))
        {
            await host.AcceptAsync(TestEvents.Range(1, 5));
            await host.UntilAsync(() => _site.Lines("archive.jsonl").Length == 5, "delivered to the file");
            Assert.Equal(0, await host.StopAsync());
        }

        WriteSite("successor", string.Empty);
        return await RunningHost.StartAsync(_site);
    }

    private void WriteSite(string hook, string keys) => _site.WriteSite(
        $$"""
          webhooks:
            {{hook}}: { endpoint: "{{_hook.Endpoint}}", timeout_seconds: 3600{{keys}} }
          log_aggregation:
        {{Archive}}
        """,
        host: "  journal: { max_bytes: 2MiB, segment_bytes: 128KiB, retain: 0s }");

    private Task<CommandResult> RunAsync(params string[] arguments) => _site.RunAsync(["backlogs", .. arguments, "--config", "site.yaml"]);
}
