using System.Security.Cryptography;
using System.Text;
using AuditHost.Connectors.Elasticsearch;
using AuditHost.Fakes;
using AuditHost.Fakes.Elasticsearch;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Elasticsearch.ElasticTests;

namespace AuditHost.Plugins.Tests.Elasticsearch;

/// <summary>What goes over the wire.</summary>
public sealed class BulkRequestTests : IDisposable
{
    private const string Filter = "filter_path=errors,items.*.status,items.*.failure_store,items.*.error.type,items.*.error.reason,error,status";

    private readonly TestPluginContext _context = new();

    [Fact]
    public async Task A_batch_is_one_request_of_two_lines_for_each_event()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address, ""","compression":"none" """);

        DeliveryResult result = await connector.SendAsync(Batch(2), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(cluster.Violations);
        FakeRequest request = Assert.Single(cluster.Requests);
        Assert.Equal(("POST", "/copybook-audit-2026-03-31/_bulk"), (request.Method, request.Path));
        Assert.Equal(Filter, $"filter_path={request.Query["filter_path"]}");
        Assert.Single(request.Query);
        Assert.Equal("application/x-ndjson", request.Header("Content-Type"));
        Assert.Equal($"ApiKey {FakeElasticsearch.ApiKey}", request.Header("Authorization"));
        Assert.Equal(
            """
            {"create":{"_id":"log-1"}}
            {"@timestamp":"2026-03-31T06:52:12.118204500Z","event_id":"e-0"}
            {"create":{"_id":"log-2"}}
            {"@timestamp":"2026-03-31T06:52:12.118204500Z","event_id":"e-1"}

            """,
            request.Text);
    }

    [Fact]
    public async Task Events_of_other_dates_name_their_index()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address);

        await connector.SendAsync(Batch(["2026-03-31T23:59:59Z", "2026-04-01T00:30:00+01:00", "2026-04-01T00:00:00Z"]), Cancellation);

        Assert.Empty(cluster.Violations);
        Assert.Equal(
            ["copybook-audit-2026-03-31", "copybook-audit-2026-03-31", "copybook-audit-2026-04-01"], cluster.Documents.Select(document => document.Index));
        Assert.Equal(1, Assert.Single(cluster.Requests).Text.Split("_index").Length - 1);
    }

    [Fact]
    public async Task The_bare_path_names_the_index_of_each_document()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address, ""","bare_bulk":true""");

        await connector.SendAsync(Batch(2), Cancellation);

        FakeRequest request = Assert.Single(cluster.Requests);
        Assert.Equal("/_bulk", request.Path);
        Assert.StartsWith("""{"create":{"_index":"copybook-audit-2026-03-31","_id":"log-1"}}""", request.Text, StringComparison.Ordinal);
        Assert.Equal(2, cluster.EventCount);
    }

    [Fact]
    public async Task Parameters_follow_the_settings()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        cluster.Pipelines = new HashSet<string> { "audit & more" };
        await using IConnector connector = Create(_context, cluster.Address, ""","pipeline":"audit & more","include_source_on_error":false""");

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        FakeRequest request = Assert.Single(cluster.Requests);
        Assert.Equal("audit & more", request.Query["pipeline"]);
        Assert.Equal("false", request.Query["include_source_on_error"]);
    }

    [Fact]
    public async Task Documents_on_several_lines_are_put_on_one()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address);

        await connector.SendAsync(Batch([("e", Time, "{\r\n  \"a\" : \"b  c\",\n\t\"d\": [ 1 ]\n}")]), Cancellation);

        Assert.Empty(cluster.Violations);
        Assert.Equal("""{"a":"b  c","d":[1]}""", Assert.Single(cluster.Documents).Source.GetRawText());
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"@timestamp":"2026-03-31T06:52:12.1182045Z","a":1}""")]
    [InlineData(" { } ", """{"@timestamp":"2026-03-31T06:52:12.1182045Z"}""")]
    [InlineData("{\n\"a\":1}", """{"@timestamp":"2026-03-31T06:52:12.1182045Z","a":1}""")]
    [InlineData("""{"a":1,"@timestamp":"2026-01-01T00:00:00Z"}""", """{"a":1,"@timestamp":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"\u0040timestamp":"2026-01-01T00:00:00Z"}""", """{"\u0040timestamp":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"a":{"@timestamp":1}}""", """{"@timestamp":"2026-03-31T06:52:12.1182045Z","a":{"@timestamp":1}}""")]
    [InlineData("""{"a":"\"@timestamp\":1"}""", """{"@timestamp":"2026-03-31T06:52:12.1182045Z","a":"\"@timestamp\":1"}""")]
    public async Task The_time_is_put_in_front_where_asked_and_missing(string document, string expected)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address, ""","add_timestamp":true""");

        await connector.SendAsync(Batch([("e", Time, document)]), Cancellation);

        Assert.Empty(cluster.Violations);
        Assert.Equal(expected, Assert.Single(cluster.Documents).Source.GetRawText());
    }

    [Fact]
    public async Task A_data_stream_gets_the_time_with_every_document_whatever_its_format()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = CreateSecurity(_context, cluster.Address, ""","index_template":{}""");
        await connector.StartAsync(Cancellation);

        DeliveryResult result = await connector.SendAsync(
            Batch([("a", Time, """{"event_id":"a"}"""), ("b", Time, """{"@timestamp":"2026-01-01T00:00:00Z","event_id":"b"}""")]), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Equal(
            ["2026-03-31T06:52:12.1182045Z", "2026-01-01T00:00:00Z"], cluster.Documents.Select(document => document.Source.GetProperty("@timestamp").GetString()));
    }

    [Fact]
    public async Task Text_becomes_a_document_that_a_search_finds()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = CreateSecurity(_context, cluster.Address);

        await connector.SendAsync(Batch([("e", Time, "CEF:0|a|\"b\"")], "text/plain"), Cancellation);

        Assert.Empty(cluster.Violations);
        Assert.Equal(
            """{"@timestamp":"2026-03-31T06:52:12.1182045Z","event.id":"e","event.code":"SecurityEvent","log.level":"High","user.name":"al\"ice","message":"CEF:0|a|\"b\""}""",
            Assert.Single(cluster.Documents).Source.GetRawText());
    }

    [Fact]
    public async Task Bodies_are_compressed_unless_told_otherwise()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address);

        await connector.SendAsync(Batch(100), Cancellation);

        FakeRequest request = Assert.Single(cluster.Requests);
        Assert.Equal("gzip", request.Header("Content-Encoding"));
        Assert.True(request.Raw.Length < request.Body.Length / 5);
        Assert.Equal(100, cluster.EventCount);
    }

    [Theory]
    [InlineData("e-1", "e-1")]
    [InlineData("""a\"b\u0041""", "a\"bA")]
    [InlineData("", "log-1")]
    public async Task The_id_is_the_events_own_where_asked(string id, string expected)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address, ""","document_id":"event_id" """);

        await connector.SendAsync(Batch([(id, Time, "{}")]), Cancellation);

        Assert.Empty(cluster.Violations);
        Assert.Equal(expected, Assert.Single(cluster.Documents).Id);
    }

    [Theory]
    [InlineData(512, false)]
    [InlineData(513, true)]
    public async Task An_id_that_is_too_long_for_the_server_is_hashed(int length, bool isHashed)
    {
        string id = new('x', length);
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address, ""","document_id":"event_id" """);

        await connector.SendAsync(Batch([(id, Time, "{}")]), Cancellation);

        Assert.Empty(cluster.Violations);
        Assert.Equal(isHashed ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))) : id, Assert.Single(cluster.Documents).Id);
    }

    [Fact]
    public async Task A_batch_that_comes_again_is_delivered_and_stored_once()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address);

        Assert.True((await connector.SendAsync(Batch(3), Cancellation)).IsDelivered);
        Assert.True((await connector.SendAsync(Batch(3), Cancellation)).IsDelivered);

        Assert.Equal(3, cluster.Documents.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/_bulk")]
    public async Task An_address_may_have_the_path_for_events(string path)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, new Uri(cluster.Address, path));

        await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal("/copybook-audit-2026-03-31/_bulk", Assert.Single(cluster.Requests).Path);
    }

    [Theory]
    [InlineData($$"""{"endpoint":"ENDPOINT","api_key":"{{FakeElasticsearch.PlainApiKey}}"}""")]
    [InlineData($$"""{"endpoint":"ENDPOINT","username":"{{FakeElasticsearch.Username}}","password":"{{FakeElasticsearch.Password}}"}""")]
    public async Task Credentials_come_in_several_forms(string settings)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        byte[] filled = Encoding.UTF8.GetBytes(settings.Replace("ENDPOINT", cluster.Address.ToString(), StringComparison.Ordinal));
        await using IConnector connector = new ElasticsearchFactory().Create(filled, _context);

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
    }

    [Fact]
    public async Task Without_credentials_of_its_own_those_of_the_host_stay()
    {
        using var context = new TestPluginContext(credential: "the-hosts-token");
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = new ElasticsearchFactory().Create(Encoding.UTF8.GetBytes($$"""{"endpoint":"{{cluster.Address}}"}"""), context);

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Equal("Bearer the-hosts-token", Assert.Single(cluster.Requests).Header("Authorization"));
    }

    [Fact]
    public async Task Another_node_takes_over_where_one_is_broken()
    {
        await using FakeElasticsearch broken = await StartAsync();
        await using FakeElasticsearch sound = await StartAsync();
        broken.FailNext(new FakeAnswer(503), times: 5);
        byte[] settings = Encoding.UTF8.GetBytes($$"""{"endpoint":["{{broken.Address}}","{{sound.Address}}"],"api_key":"{{FakeElasticsearch.ApiKey}}"}""");
        await using IConnector connector = new ElasticsearchFactory().Create(settings, _context);

        Assert.Equal(FailureKind.Transient, (await connector.SendAsync(Batch(1), Cancellation)).Kind);
        Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);

        Assert.Equal(1, sound.EventCount);
    }

    public void Dispose() => _context.Dispose();
}
