using System.Text.Json;
using AuditHost.EndToEnd.Enterprise;
using AuditHost.Fakes.Elasticsearch;

namespace AuditHost.EndToEnd;

/// <summary><c>search</c>: what was delivered is found again.</summary>
public sealed class SearchTests : IAsyncLifetime
{
    private const int Events = 250;

    private readonly SiteFolder _site = new();
    private readonly FakeElasticsearch _elastic = new();
    private readonly MixedEvents _events = new(Events);

    public async ValueTask InitializeAsync() => await _elastic.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _elastic.DisposeAsync();
        _site.Dispose();
    }

    [Theory]
    [InlineData("elasticsearch", "")]
    [InlineData("elasticsearch", "isolation: process, ", "--destination", "es")]
    [InlineData("elastic_security", "")]
    public async Task Every_event_is_found_again_page_by_page(string type, string isolation, params string[] destination)
    {
        await DeliverAsync(type, isolation);

        List<string> found = [];
        string? after = null;
        do
        {
            string[] place = after is null ? [] : ["--after", after];
            JsonElement page = (await SearchAsync([.. destination, .. place, "--json", "--size", "60"])).Expect(0).Json;
            Assert.Equal((Events, false), (page.GetProperty("total_hits").GetInt32(), page.GetProperty("timed_out").GetBoolean()));
            Assert.True(page.TryGetProperty("took_ms", out _));
            JsonElement[] events = [.. page.GetProperty("events").EnumerateArray()];
            Assert.InRange(events.Length, 1, 60);
            found.AddRange(events.Select(document => Assert.Single(TestEvents.IdsIn(document.GetRawText()).Distinct())));
            after = page.TryGetProperty("next", out JsonElement next) ? next.GetString() : null;
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(0, Events).Select(TestEvents.Id), found);
        Assert.Empty(_elastic.Violations);
    }

    [Fact]
    public async Task Conditions_hold_all_together_and_the_listing_says_how_many_there_are()
    {
        await DeliverAsync("elasticsearch", "");
        JsonElement[] all = [.. _events.Json.Select(json => JsonDocument.Parse(json).RootElement)];
        string[] expected =
        [
            .. all.Where(json => json.GetProperty("event_type").GetString() is "SecurityEvent" or "ErrorEvent"
                    && json.GetProperty("severity").GetString() is "High"
                    && json.GetProperty("context").GetProperty("user").GetString() == "jmüller")
                .Select(json => json.GetProperty("event_id").GetString()!),
        ];

        CommandResult result = (await SearchAsync("--type", "SecurityEvent", "--type", "ErrorEvent", "--severity", "high", "--user", "jmüller", "--from", "24h")).Expect(0);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, TestEvents.IdsIn(result.Output));
        Assert.Equal(["time", "type", "severity", "user", "id"], result.Output.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"{expected.Length} of {expected.Length} events in es", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--after", result.Error, StringComparison.Ordinal);
        Assert.Empty(TestEvents.IdsIn((await SearchAsync("--to", "2h")).Expect(0).Output));
    }

    [Theory]
    [InlineData("1 is no severity", "--severity", "1")]
    [InlineData("neither a time", "--from", "soon")]
    [InlineData("--size is from 1 to 10000", "--size", "0")]
    public async Task Wrong_usage_exits_2_and_says_what_would_be_right(string expected, params string[] arguments)
    {
        CommandResult result = (await SearchAsync(arguments)).Expect(2);

        Assert.Contains(expected.Replace("1 is", "'1' is", StringComparison.Ordinal), result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_searched_says_so()
    {
        _site.WriteSite("  log_aggregation:\n    archive: { type: file, path: ./archive.jsonl }");

        Assert.Contains("no enabled destination can be searched", (await SearchAsync()).Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("'archive' cannot be searched", (await SearchAsync("--destination", "archive")).Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("there is no enabled destination 'archiv'", (await SearchAsync("--destination", "archiv")).Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Destination_with_a_process_of_its_own_is_to_be_named()
    {
        _site.WriteSite(Site("elasticsearch", "isolation: process, "));

        Assert.Contains("must be named with --destination: es", (await SearchAsync()).Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_and_a_place_that_is_none_are_one_line_each()
    {
        await DeliverAsync("elasticsearch", "");

        string nowhere = Assert.Single((await SearchAsync("--after", "nowhere")).Expect(1).ErrorLines);
        _site.WriteSite(Site("elasticsearch", "").Replace(FakeElasticsearch.ApiKey, "d3Jvbmc6a2V5", StringComparison.Ordinal));
        string refused = Assert.Single((await SearchAsync()).Expect(1).ErrorLines);

        Assert.StartsWith("audithost: es: ", nowhere);
        Assert.Matches("^audithost: es: .*401", refused);
        Assert.DoesNotContain("d3Jvbmc6a2V5", refused, StringComparison.Ordinal);
    }

    private string Site(string type, string isolation) =>
        $"  log_aggregation:\n    es: {{ type: {type}, {isolation}endpoint: '{_elastic.Address}', api_key: '{FakeElasticsearch.ApiKey}'"
        + (type == "elasticsearch" ? ", index_prefix: audit }" : ", index_pattern: 'audit-*' }");

    private async Task DeliverAsync(string type, string isolation)
    {
        _site.WriteSite(Site(type, isolation));
        await using RunningHost host = await RunningHost.StartAsync(_site);
        await host.AcceptAsync(_events.Json);
        await host.UntilAsync(async () => await host.BufferedAsync() == 0, "done with every event");
        Assert.Equal(0, await host.StopAsync());
        Assert.Equal(Events, _elastic.EventCount);
    }

    private Task<CommandResult> SearchAsync(params string[] arguments) => _site.RunAsync(["search", .. arguments, "--config", "site.yaml"]);
}
