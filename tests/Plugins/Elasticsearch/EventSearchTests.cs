using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AuditHost.Connectors.Elasticsearch;
using AuditHost.Fakes;
using AuditHost.Fakes.Elasticsearch;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Elasticsearch.ElasticTests;
using SampleEvents = AuditHost.Plugins.Tests.Formats.SampleEvents;

namespace AuditHost.Plugins.Tests.Elasticsearch;

/// <summary>Searches over what was delivered: with the mappings of the template, and with those that Elasticsearch makes without one.</summary>
public sealed class EventSearchTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    public static TheoryData<bool> WithTemplateOrWithout => [true, false];

    [Theory]
    [MemberData(nameof(WithTemplateOrWithout))]
    public async Task Pages_give_every_event_once_and_oldest_first(bool managed)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = await FilledAsync(cluster, managed);
        var found = new List<string>();
        SearchPage page;
        string? after = null;
        int pages = 0;
        do
        {
            page = await Search(connector, new SearchQuery { Size = 3, After = after });
            found.AddRange(Ids(page));
            after = page.Next;
            pages++;
            Assert.Equal((10, false), (page.TotalHits, page.AtLeast));
        }
        while (after is not null);

        Assert.Empty(cluster.Violations);
        Assert.Equal(4, pages);
        Assert.Equal(Enumerable.Range(0, 10).Select(index => SampleEvents.Parse(index).Id.ToString()), found);
    }

    [Theory]
    [MemberData(nameof(WithTemplateOrWithout))]
    public async Task Events_of_the_same_time_are_told_apart_by_their_ids(bool managed)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address, managed ? ""","index_template":{}""" : "");
        await connector.StartAsync(Cancellation);
        await connector.SendAsync(Batch(5), Cancellation);

        SearchPage first = await Search(connector, new SearchQuery { Size = 2 });
        SearchPage second = await Search(connector, new SearchQuery { Size = 3, After = first.Next });
        SearchPage third = await Search(connector, new SearchQuery { Size = 2, After = second.Next });

        Assert.Equal(["e-0", "e-1", "e-2", "e-3", "e-4"], [.. Ids(first), .. Ids(second)]);
        Assert.Empty(third.Events);
        Assert.Null(third.Next);
    }

    [Theory]
    [MemberData(nameof(WithTemplateOrWithout))]
    public async Task Events_of_the_same_time_and_id_are_each_on_a_page(bool managed)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address, managed ? ""","index_template":{}""" : "");
        await connector.StartAsync(Cancellation);
        await connector.SendAsync(
            Batch([.. Enumerable.Range(0, 12).Select(index => ("e", Time, $$"""{"@timestamp":"{{Time}}",{{(index < 6 ? "\"event_id\":\"same\"," : "")}}"n":{{index}}}"""))]), Cancellation);

        var found = new List<int>();
        string? after = null;
        do
        {
            SearchPage page = await Search(connector, new SearchQuery { Size = 5, After = after });
            foreach (ReadOnlyMemory<byte> json in page.Events)
                found.Add(JsonDocument.Parse(json).RootElement.GetProperty("n").GetInt32());
            after = page.Next;
        }
        while (after is not null);

        Assert.Empty(cluster.Violations);
        Assert.Equal(Enumerable.Range(0, 12), found);
    }

    /// <summary>An index that was made before the template, or without keywords at all, beside one that was made after it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Filters_hold_over_indices_of_different_mappings(bool textsHaveKeywords)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        cluster.TextsHaveKeywords = textsHaveKeywords;
        await using IConnector before = Create(_context, cluster.Address);
        await before.SendAsync(Batch(Documents("2026-03-30T06:00:00Z", "old")), Cancellation);
        await using IConnector connector = Create(_context, cluster.Address, ""","index_template":{}""");
        await connector.StartAsync(Cancellation);
        await connector.SendAsync(Batch(Documents("2026-03-31T06:00:00Z", "new")), Cancellation);

        Assert.Equal(["old-0", "new-0"], Ids(await Search(connector, new SearchQuery { Users = ["Anna Berg"] })));
        Assert.Equal(["old-1", "new-1"], Ids(await Search(connector, new SearchQuery { Users = ["berg"], Severities = [Severity.Low] })));
        Assert.Equal(["old-0", "old-1", "new-0", "new-1"], Ids(await Search(connector, new SearchQuery { EventTypes = ["SecurityEvent"], Users = ["berg", "Anna Berg"] })));
        Assert.Empty(cluster.Violations);

        // "berg" is a word of "Anna Berg" as well; as a whole value it is not, where there are keywords.
        string[] expected = textsHaveKeywords ? ["old-1", "new-1"] : ["old-0", "old-1", "new-1"];
        Assert.Equal(expected, Ids(await Search(connector, new SearchQuery { Users = ["berg"] })));

        static (string Id, string Time, string Document)[] Documents(string time, string name) =>
        [
            .. new[] { ("Anna Berg", "High"), ("berg", "Low"), ("carl", "High") }.Select((one, index) => ($"{name}-{index}", time,
                $$$"""{"@timestamp":"{{{time}}}","event_id":"{{{name}}}-{{{index}}}","event_type":"SecurityEvent","severity":"{{{one.Item2}}}","search_fields":{"user":"{{{one.Item1}}}"}}""")),
        ];
    }

    public static TheoryData<SearchQuery, int[]> Queries => new()
    {
        { new SearchQuery(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
        { new SearchQuery { From = At("06:52:13.118Z"), To = At("06:52:13.868Z") }, [4, 5, 6] },
        { new SearchQuery { From = At("06:52:12.618204522Z"), To = At("06:52:13.118204544Z") }, [2, 3] },
        { new SearchQuery { From = At("06:52:14.300Z") }, [9] },
        { new SearchQuery { To = At("06:52:12.200Z") }, [0] },
        { new SearchQuery { EventTypes = ["SecurityEvent", "ErrorEvent", "Nothing"] }, [5, 7] },
        { new SearchQuery { EventTypes = ["securityevent"] }, [] },
        { new SearchQuery { Severities = [Severity.Critical, Severity.High] }, [4, 5, 7] },
        { new SearchQuery { Users = ["cli_user"] }, [5] },
        { new SearchQuery { Users = ["nobody"] }, [] },
        { new SearchQuery { Text = "patient.master" }, [5, 8] },
        { new SearchQuery { Text = "lock  account" }, [5] },
        { new SearchQuery { Text = "lock nothing" }, [] },
        { new SearchQuery { Text = "  " }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
        { new SearchQuery { Severities = [Severity.High], EventTypes = ["ComplianceCheck"], Users = ["batch_svc"], Text = "segregation" }, [4] },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Conditions_hold_all_together(SearchQuery query, int[] expected)
    {
        foreach (bool managed in new[] { true, false })
        {
            await using FakeElasticsearch cluster = await StartAsync();
            await using IConnector connector = await FilledAsync(cluster, managed);

            SearchPage page = await Search(connector, query);

            Assert.Empty(cluster.Violations);
            Assert.Equal(expected.Select(index => SampleEvents.Parse(index).Id.ToString()), Ids(page));
            Assert.Equal(expected.Length, page.TotalHits);
            Assert.Null(page.Next);
        }
    }

    [Fact]
    public async Task Severities_are_found_however_they_are_spelled()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address);
        await connector.SendAsync(
            Batch([.. new[] { "High", "high", "HIGH", "Low" }.Select((severity, index) => ($"e-{index}", Time, $$"""{"@timestamp":"{{Time}}","event_id":"e-{{index}}","severity":"{{severity}}"}"""))]),
            Cancellation);

        SearchPage page = await Search(connector, new SearchQuery { Severities = [Severity.High] });

        Assert.Equal(["e-0", "e-1", "e-2"], Ids(page));
    }

    [Fact]
    public async Task A_page_says_what_to_list_and_how_long_it_took()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = await FilledAsync(cluster, managed: true);

        SearchPage page = await Search(connector, new SearchQuery());

        Assert.Equal(
            [("time", "@timestamp"), ("type", "event_type"), ("severity", "severity"), ("user", "search_fields.user"), ("id", "event_id")],
            page.Columns.Select(column => (column.Key, column.Value)));
        Assert.Equal(TimeSpan.FromMilliseconds(3), page.Took);
        Assert.False(page.TimedOut);
    }

    [Fact]
    public async Task A_data_stream_is_asked_for_the_fields_of_ecs()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = CreateSecurity(_context, cluster.Address, ""","index_template":{},"search_fields":{"type":"event.action"}""");
        await connector.StartAsync(Cancellation);
        await connector.SendAsync(
            Batch([.. Enumerable.Range(0, 3).Select(index => ($"e-{index}", Time, $$$"""{"@timestamp":"{{{Time}}}","event":{"id":"e-{{{index}}}","action":"a{{{index}}}"},"log":{"level":"high"},"user":{"name":"u"},"message":"word number {{{index}}}"}"""))]),
            Cancellation);

        SearchPage page = await Search(connector, new SearchQuery { EventTypes = ["a1", "a2"], Severities = [Severity.High], Users = ["u"], Text = "word 2" });

        Assert.Empty(cluster.Violations);
        using JsonDocument document = JsonDocument.Parse(Assert.Single(page.Events));
        Assert.Equal("e-2", document.RootElement.GetProperty("event").GetProperty("id").GetString());
        Assert.Equal(("type", "event.action"), (page.Columns[1].Key, page.Columns[1].Value));
        Assert.Equal("/copybook-audit-*,copybook-audit/_search", cluster.Requests[^1].Path);
    }

    [Fact]
    public async Task Nothing_delivered_yet_is_nothing_found()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address);

        SearchPage page = await Search(connector, new SearchQuery());

        Assert.Empty(cluster.Violations);
        Assert.Equal((0, 0, null), (page.Events.Count, page.TotalHits, page.Next));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("bm8ganNvbg")]
    [InlineData("W10")]
    [InlineData("WyJhIl0")]
    [InlineData("eyJhIjoxfQ")]
    [InlineData("W1siYSJdLCJiIl0")]
    public async Task A_place_to_go_on_from_that_is_none_is_refused_before_anything_is_asked(string after)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address);

        await Assert.ThrowsAsync<ArgumentException>(() => Search(connector, new SearchQuery { After = after }));

        Assert.Empty(cluster.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task A_page_of_another_size_is_refused(int size)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address);

        await Assert.ThrowsAsync<ArgumentException>(() => Search(connector, new SearchQuery { Size = size }));
    }

    [Fact]
    public async Task A_place_has_the_values_that_the_last_event_was_sorted_by()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address);
        await connector.SendAsync(Batch(2), Cancellation);

        SearchPage page = await Search(connector, new SearchQuery { Size = 1 });

        Assert.Equal("""["2026-03-31T06:52:12.118Z","e-0",0,"copybook-audit-2026-03-31"]""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(page.Next)));
    }

    [Theory]
    [InlineData("gte", "", true, false)]
    [InlineData("eq", ""","timed_out":true""", false, true)]
    [InlineData("eq", ""","_shards":{"failed":1}""", false, true)]
    [InlineData("eq", ""","_shards":{"failed":0},"timed_out":false""", false, false)]
    public async Task What_the_answer_does_not_know_is_passed_on(string relation, string end, bool atLeast, bool timedOut)
    {
        SearchPage page = await SearchAsync(new FakeAnswer(200, $$$"""{"took":70,"hits":{"hits":[],"total":{"value":100000,"relation":"{{{relation}}}"}} {{{end}}} }"""));

        Assert.Equal((100_000, atLeast, timedOut), (page.TotalHits, page.AtLeast, page.TimedOut));
    }

    [Theory]
    [InlineData(200, "<html>")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"hits":17}""")]
    [InlineData(200, """{"hits":{"hits":{}}}""")]
    [InlineData(302, "")]
    [InlineData(503, "")]
    public async Task An_answer_that_is_none_is_a_failure(int status, string body) =>
        await Assert.ThrowsAsync<HttpRequestException>(() => SearchAsync(new FakeAnswer(status, body)));

    [Fact]
    public async Task A_refused_search_says_why()
    {
        var failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => SearchAsync(ElasticReply.Error(400, "query_shard_exception", "failed to create query: field name is null or empty")));

        Assert.Contains("query_shard_exception: failed to create query", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_without_the_right_to_read_says_so()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        cluster.Denied = ElasticPrivileges.Read;
        await using IConnector connector = Create(_context, cluster.Address);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => Search(connector, new SearchQuery()));

        Assert.Contains("HTTP 403", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_page_is_read_whole()
    {
        string text = new('x', 1 << 20);
        string hits = string.Join(',', Enumerable.Repeat($$$"""{"_source":{"t":"{{{text}}}"},"sort":[1,"a"]}""", 20));

        SearchPage page = await SearchAsync(new FakeAnswer(200, $$$"""{"hits":{"total":{"value":20,"relation":"eq"},"hits":[{{{hits}}}]}}"""), size: 20);

        Assert.Equal(20, page.Events.Count);
        Assert.All(page.Events, document => Assert.Equal(text.Length + 8, document.Length));
        Assert.NotNull(page.Next);
    }

    [Fact]
    public async Task Of_a_page_that_is_too_large_the_remedy_is_named()
    {
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => SearchAsync(new FakeAnswer(200, new byte[65 << 20])));

        Assert.Contains("fewer events", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _context.Dispose();

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-03-31T{time}", CultureInfo.InvariantCulture);

    private static Task<SearchPage> Search(IConnector connector, SearchQuery query) => ((IEventSearch)connector).SearchAsync(query, Cancellation).AsTask();

    private static IEnumerable<string> Ids(SearchPage page)
    {
        foreach (ReadOnlyMemory<byte> json in page.Events)
        {
            using JsonDocument document = JsonDocument.Parse(json);
            yield return document.RootElement.GetProperty("event_id").GetString()!;
        }
    }

    /// <summary>The ten events of copybook-rs, delivered in another order than that of their times.</summary>
    private async Task<IConnector> FilledAsync(FakeElasticsearch cluster, bool managed)
    {
        IConnector connector = Create(_context, cluster.Address, managed ? ""","index_rotation":"weekly","index_template":{}""" : "");
        await connector.StartAsync(Cancellation);
        IEventFormatter formatter = Rendering.Create(new ElasticsearchFormatterFactory());
        OutboundEvent[] events = [.. Enumerable.Range(0, 10).Select(index => SampleEvents.Parse((index * 7) % 10)).Select(
            auditEvent => new OutboundEvent(auditEvent, "log", Encoding.UTF8.GetBytes(formatter.Render(auditEvent))))];
        DeliveryResult result = await connector.SendAsync(new EventBatch(events, default, "application/json"), Cancellation);
        Assert.True(result.IsDelivered, result.Reason);
        return connector;
    }

    /// <summary>A search whose answer is given; the fields are keywords.</summary>
    private async Task<SearchPage> SearchAsync(FakeAnswer answer, int size = 5)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        cluster.FailNext(new FakeAnswer(200, """{"fields":{}}"""));
        cluster.FailNext(answer);
        await using IConnector connector = Create(_context, cluster.Address);
        return await Search(connector, new SearchQuery { Size = size });
    }
}
