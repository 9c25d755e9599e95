using System.Net;
using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>A host that runs and does not deliver says so.</summary>
[Promise("G20", "G7", "G14")]
public sealed class StallTests : IDisposable
{
    private readonly SiteFolder _site = new();
    private readonly HttpReceiver _hook = new();

    [Fact]
    public async Task Destination_that_does_not_get_on_turns_health_red_until_it_does()
    {
        _hook.Answer = _ => Task.FromResult(401);
        _site.WriteSite($$"""
              performance: { integration_monitoring: { stalled_after_seconds: 1 } }
              log_aggregation:
                archive: { type: file, format: jsonl, path: ./archive.jsonl }
              webhooks:
                hook: { endpoint: "{{_hook.Endpoint}}" }
            """);
        await using RunningHost host = await RunningHost.StartAsync(_site);
        await host.AcceptAsync(TestEvents.Range(1, 3));

        JsonElement health = default;
        await host.UntilAsync(async () => (health = await HealthAsync(host, HttpStatusCode.ServiceUnavailable)).ValueKind == JsonValueKind.Object, "red");

        Assert.Equal("destination 'hook' is stalled", Assert.Single(health.GetProperty("reasons").EnumerateArray()).GetString());
        JsonElement[] destinations = [.. health.GetProperty("destinations").EnumerateArray()];
        JsonElement hook = destinations.Single(destination => destination.GetProperty("name").GetString() == "hook");
        Assert.Equal((true, 3, "misconfigured"), (hook.GetProperty("stalled").GetBoolean(), hook.GetProperty("buffered").GetInt32(), hook.GetProperty("health").GetString()));
        Assert.Contains("401", hook.GetProperty("last_error").GetString(), StringComparison.Ordinal);
        Assert.True(hook.GetProperty("unmoved_since").GetDateTimeOffset() < DateTimeOffset.UtcNow);
        Assert.False(destinations.Single(destination => destination.GetProperty("name").GetString() == "archive").GetProperty("stalled").GetBoolean());
        JsonElement status = (await _site.RunAsync("status", "--json", "--config", "site.yaml")).Expect(0).Json.GetProperty("destinations").EnumerateArray()
            .Single(destination => destination.GetProperty("name").GetString() == "hook");
        Assert.True(status.GetProperty("stalled").GetBoolean());
        Assert.True(status.GetProperty("oldest_undelivered_age").GetDouble() >= 1);
        Assert.Contains("stalled", (await _site.RunAsync("status", "--config", "site.yaml")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(1, await host.MetricAsync("audithost_destination_stalled", "hook"));
        Assert.True(await host.MetricAsync("audithost_destination_oldest_undelivered_seconds", "hook") >= 1);

        _hook.Answer = _ => Task.FromResult(200);
        await host.UntilAsync(async () => (await HealthAsync(host, HttpStatusCode.OK)).ValueKind == JsonValueKind.Object, "green again");
        Assert.Equal(0, await host.MetricAsync("audithost_events_dead_lettered", "hook"));
    }

    public void Dispose()
    {
        _hook.Dispose();
        _site.Dispose();
    }

    private static async Task<JsonElement> HealthAsync(RunningHost host, HttpStatusCode expected)
    {
        using HttpResponseMessage response = await host.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return response.StatusCode == expected
            ? JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement
            : default;
    }
}
