using AuditHost.Fakes;
using AuditHost.Fakes.Elasticsearch;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Elasticsearch.ElasticTests;

namespace AuditHost.Plugins.Tests.Elasticsearch;

public sealed class ElasticProbeTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Fact]
    public async Task A_probe_asks_who_is_there_and_leaves_nothing()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address);

        await connector.ProbeAsync(Cancellation);

        Assert.Equal(("GET", "/"), (Assert.Single(cluster.Requests).Method, cluster.Requests[0].Path));
        Assert.Empty(_context.Entries);
    }

    [Fact]
    public async Task A_key_that_may_only_write_is_asked_after_itself()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        cluster.Denied = ElasticPrivileges.Monitor;
        await using IConnector connector = Create(_context, cluster.Address);

        await connector.ProbeAsync(Cancellation);

        Assert.Equal(["/", "/_security/_authenticate"], cluster.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task A_probe_with_a_wrong_key_fails_without_naming_it()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address);
        cluster.InterceptNext(request => ElasticReply.Error(401, "security_exception", $"unable to authenticate with {request.Header("Authorization")}"));

        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancellation));

        Assert.StartsWith("GET /: HTTP 401", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeElasticsearch.ApiKey, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, "")]
    [InlineData(302, "")]
    [InlineData(404, "")]
    [InlineData(200, "<html>welcome</html>")]
    public async Task A_probe_of_something_else_fails(int status, string body)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        cluster.FailNext(new FakeAnswer(status, body));
        await using IConnector connector = Create(_context, cluster.Address);

        await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancellation));
    }

    [Fact]
    public async Task What_speaks_the_same_protocol_is_taken_and_said_once()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        cluster.IsElastic = false;
        await using IConnector connector = Create(_context, cluster.Address);

        await connector.ProbeAsync(Cancellation);
        await connector.ProbeAsync(Cancellation);

        Assert.Contains("X-Elastic-Product", Assert.Single(_context.Warnings), StringComparison.Ordinal);
    }

    public void Dispose() => _context.Dispose();
}
