using System.Text.Json;
using AuditHost.Fakes;
using AuditHost.Fakes.Elasticsearch;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Elasticsearch.ElasticTests;

namespace AuditHost.Plugins.Tests.Elasticsearch;

public sealed class IndexTemplateTests : IDisposable
{
    private const string Given = ""","index_template":{"shards":1,"replicas":1,"refresh_interval":"30s"}""";

    private readonly TestPluginContext _context = new();

    [Fact]
    public async Task Without_the_key_nothing_is_put()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address);

        await connector.StartAsync(Cancellation);

        Assert.Empty(cluster.Requests);
    }

    [Fact]
    public async Task Components_come_before_the_template_that_is_made_of_them()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address, Given);

        await connector.StartAsync(Cancellation);

        Assert.Empty(cluster.Violations);
        Assert.Equal(
            [("PUT", "/_component_template/copybook-audit@mappings"), ("PUT", "/_index_template/copybook-audit")], cluster.Requests.Select(request => (request.Method, request.Path)));
        Assert.Equal(
            """{"index_patterns":["copybook-audit-*"],"priority":500,"composed_of":["copybook-audit@mappings","copybook-audit@custom"],"ignore_missing_component_templates":["copybook-audit@custom"],"template":{"settings":{"index":{"number_of_shards":1,"number_of_replicas":1,"refresh_interval":"30s"}}},"_meta":{"managed_by":"audithost"}}""",
            cluster.Templates["copybook-audit"].GetRawText());
    }

    [Fact]
    public async Task A_second_start_is_as_good_as_the_first()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        for (int i = 0; i < 2; i++)
        {
            await using IConnector connector = Create(_context, cluster.Address, Given);
            await connector.StartAsync(Cancellation);
        }

        Assert.Empty(cluster.Violations);
    }

    [Theory]
    [InlineData("none", "audit")]
    [InlineData("weekly", "audit-*")]
    public async Task The_template_is_for_the_indices_of_the_rotation(string rotation, string pattern)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(
            _context, cluster.Address, $$""","index_prefix":"audit","index_rotation":"{{rotation}}","index_template":{"name":"mine","priority":7,"refresh_interval":"-1"}""");

        await connector.StartAsync(Cancellation);

        JsonElement template = cluster.Templates["mine"];
        Assert.Equal(pattern, Assert.Single(template.GetProperty("index_patterns").EnumerateArray()).GetString());
        Assert.Equal(7, template.GetProperty("priority").GetInt32());
        Assert.Equal("""{"index":{"refresh_interval":"-1"}}""", template.GetProperty("template").GetProperty("settings").GetRawText());
    }

    [Fact]
    public async Task A_data_stream_has_its_retention_and_its_failure_store()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = CreateSecurity(_context, cluster.Address, ""","index_template":{"retention":"2555d","failure_store":true}""");

        await connector.StartAsync(Cancellation);
        DeliveryResult result = await connector.SendAsync(Batch([("a", Time, $$"""{"@timestamp":"{{Time}}"}"""), ("b", Time, """{"@timestamp":"no time"}""")]), Cancellation);

        Assert.Empty(cluster.Violations);
        Assert.Equal(
            """{"index_patterns":["copybook-audit-*","copybook-audit"],"priority":500,"composed_of":["ecs@mappings","copybook-audit-stream@mappings","copybook-audit-stream@custom"],"ignore_missing_component_templates":["ecs@mappings","copybook-audit-stream@custom"],"data_stream":{},"template":{"settings":{"index":{}},"lifecycle":{"data_retention":"2555d"},"data_stream_options":{"failure_store":{"enabled":true}}},"_meta":{"managed_by":"audithost"}}""",
            cluster.Templates["copybook-audit-stream"].GetRawText());
        Assert.True(cluster.IsDataStream("copybook-audit"));
        Assert.True(result.IsDelivered, result.Reason);
        Assert.Equal([null, "failure store"], result.AcknowledgementIds!);
        Assert.Single(cluster.Failures);
    }

    [Theory]
    [InlineData(""","index_pattern":"logs-copybook.audit-*","data_stream":"logs-copybook.audit-default" """, "logs-copybook.audit-default", "logs-copybook.audit-*")]
    [InlineData(""","index_pattern":"audit" """, "audit", "audit")]
    [InlineData(""","index_pattern":"audit*" """, "audit", "audit*")]
    [InlineData(""","index_pattern":"audit-*" """, "audit", "audit-*,audit")]
    [InlineData(""","index_pattern":"audit-*","data_stream":"other" """, "other", "audit-*,other")]
    public async Task The_pattern_serves_the_template_and_what_stands_before_its_star_is_written_to(string settings, string written, string patterns)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = CreateSecurity(_context, cluster.Address, settings + ""","index_template":{}""");

        await connector.StartAsync(Cancellation);
        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Equal(written, Assert.Single(cluster.Documents).Index);
        Assert.Equal(patterns, string.Join(',', cluster.Templates[$"{written}-stream"].GetProperty("index_patterns").EnumerateArray()));
        Assert.Equal("true", cluster.Requests[^1].Query["require_data_stream"]);
    }

    [Fact]
    public async Task A_managed_data_stream_that_is_none_keeps_its_events_in_the_journal()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = CreateSecurity(_context, cluster.Address, ""","require_data_stream":true""");

        DeliveryResult result = await connector.SendAsync(Batch(2), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Empty(cluster.Documents);
    }

    [Fact]
    public async Task A_data_stream_without_a_template_of_ours_is_not_insisted_on()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = CreateSecurity(_context, cluster.Address);

        Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);

        Assert.False(Assert.Single(cluster.Requests).Query.ContainsKey("require_data_stream"));
    }

    [Fact]
    public async Task A_start_without_the_right_to_put_templates_says_so()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        cluster.Denied = ElasticPrivileges.ManageIndexTemplates;
        await using IConnector connector = Create(_context, cluster.Address, Given);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.StartAsync(Cancellation));

        Assert.Contains("manage_index_templates", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clash_of_templates_is_told_in_the_clusters_words()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector first = Create(_context, cluster.Address, Given);
        await first.StartAsync(Cancellation);
        await using IConnector second = CreateSecurity(_context, cluster.Address, ""","index_template":{}""");

        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () => await second.StartAsync(Cancellation));

        Assert.Contains("PUT /_index_template/copybook-audit-stream: HTTP 400", failure.Message, StringComparison.Ordinal);
        Assert.Contains("use a different priority", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, """{"acknowledged":false}""")]
    [InlineData(200, "<html>")]
    [InlineData(302, "")]
    [InlineData(503, "")]
    public async Task A_template_that_is_not_acknowledged_fails_the_start(int status, string body)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        cluster.FailNext(new FakeAnswer(status, body));
        await using IConnector connector = Create(_context, cluster.Address, Given);

        await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.StartAsync(Cancellation));
    }

    public void Dispose() => _context.Dispose();
}
