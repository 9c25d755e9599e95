using System.Net;
using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>A sender waits for more than the disk: <c>?ack=delivered</c>.</summary>
public sealed class AcknowledgementTests : IDisposable
{
    private readonly SiteFolder _site = new();
    private readonly HttpReceiver _hook = new();

    public AcknowledgementTests() => _site.WriteSite($$"""
          log_aggregation:
            archive: { type: file, format: jsonl, path: ./archive.jsonl }
          siem:
            generic_cef: { output_type: file, path: ./audit.cef, event_types: [ComplianceCheck] }
          webhooks:
            hook: { endpoint: "{{_hook.Endpoint}}" }
        """);

    [Fact]
    public async Task Answer_waits_for_every_destination_and_filtered_counts_as_success()
    {
        await using RunningHost host = await RunningHost.StartAsync(_site);

        JsonElement answer = await PostAsync(host, "?ack=delivered", HttpStatusCode.OK);

        Assert.Equal(3, _site.Lines("archive.jsonl").Length);
        Assert.Equal(3, _hook.Taken.Count);
        Assert.Equal((3, true, 3, 3, 0), (Number(answer, "accepted"), answer.GetProperty("overall_success").GetBoolean(), Number(answer, "total"), Number(answer, "successful"), Number(answer, "failed")));
        Dictionary<string, JsonElement> destinations = answer.GetProperty("destinations").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!);
        Assert.Equal((3, 0), (Number(destinations["archive"], "delivered"), Number(destinations["archive"], "filtered")));
        Assert.Equal((0, 3), (Number(destinations["generic_cef"], "delivered"), Number(destinations["generic_cef"], "filtered")));
        Assert.All(destinations.Values, one => Assert.Equal(JsonValueKind.Null, one.GetProperty("error").ValueKind));
    }

    [Fact]
    public async Task Destination_that_is_away_fails_the_answer_at_the_deadline_and_the_events_are_accepted_all_the_same()
    {
        _hook.Dispose();
        await using RunningHost host = await RunningHost.StartAsync(_site);

        JsonElement answer = await PostAsync(host, "?ack=delivered&timeout=0.5", HttpStatusCode.OK);
        JsonElement named = await PostAsync(host, "?ack=delivered&destinations=archive,generic_cef", HttpStatusCode.OK, first: 4);

        Assert.Equal((3, false, 1), (Number(answer, "accepted"), answer.GetProperty("overall_success").GetBoolean(), Number(answer, "failed")));
        JsonElement hook = answer.GetProperty("destinations").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "hook");
        Assert.Equal(3, Number(hook, "pending"));
        Assert.StartsWith("Not yet delivered", hook.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal((true, 2), (named.GetProperty("overall_success").GetBoolean(), Number(named, "total")));
    }

    [Theory]
    [InlineData("?ack=maybe", "ack=maybe is not known")]
    [InlineData("?ack=delivered&timeout=forever", "timeout=forever is no number")]
    [InlineData("?ack=delivered&timeout=301", "timeout=301 is no number of seconds above 0 and up to 300")]
    [InlineData("?ack=delivered&destinations=hok", "No enabled destination is called hok. There are: generic_cef, archive, hook.")]
    [InlineData("?timeout=3", "belong to ack=delivered")]
    public async Task Query_that_is_not_understood_is_refused_and_nothing_is_taken(string query, string reason)
    {
        await using RunningHost host = await RunningHost.StartAsync(_site);

        JsonElement problem = await PostAsync(host, query, HttpStatusCode.BadRequest);

        Assert.Contains(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await host.MetricAsync("audithost_events_accepted_total", "archive"));
    }

    public void Dispose()
    {
        _hook.Dispose();
        _site.Dispose();
    }

    private static async Task<JsonElement> PostAsync(RunningHost host, string query, HttpStatusCode expected, int first = 1)
    {
        using var content = new StringContent(string.Join('\n', TestEvents.Range(first, 3)));
        content.Headers.ContentType = new("application/x-ndjson");
        using HttpResponseMessage response = await host.Http.PostAsync("/v1/events" + query, content, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == expected, text);
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
