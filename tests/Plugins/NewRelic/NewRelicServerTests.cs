using System.Net;
using System.Text;
using AuditHost.Fakes.NewRelic;
using static AuditHost.Plugins.Tests.NewRelic.NewRelicTests;

namespace AuditHost.Plugins.Tests.NewRelic;

/// <summary>The fake is as strict as New Relic's pages say, and as silent.</summary>
public sealed class NewRelicServerTests
{
    private const string Events = $"/v1/accounts/{NewRelicServer.Account}/events";

    private static readonly HttpClient Client = new();

    [Theory]
    [InlineData("POST", "/log/v1", "", "application/json", "[]", 403)]
    [InlineData("POST", "/metric/v1", "another", "application/json", "[]", 403)]
    [InlineData("POST", "/v1/traces", "", "application/x-protobuf", "", 401)]
    [InlineData("PUT", "/log/v1", NewRelicServer.LicenseKey, "application/json", "[]", 405)]
    [InlineData("POST", "/log/v2", NewRelicServer.LicenseKey, "application/json", "[]", 404)]
    [InlineData("POST", "/v1/accounts/2/events", NewRelicServer.LicenseKey, "application/json", "[]", 404)]
    [InlineData("POST", "/metric/v1", NewRelicServer.LicenseKey, "text/plain", "[]", 415)]
    [InlineData("POST", "/v1/traces", NewRelicServer.LicenseKey, "text/plain", "", 415)]
    [InlineData("POST", "/metric/v1", NewRelicServer.LicenseKey, "application/json", "{}", 400)]
    [InlineData("POST", "/metric/v1", NewRelicServer.LicenseKey, "application/json", "[{}]", 400)]
    [InlineData("POST", "/metric/v1", NewRelicServer.LicenseKey, "application/json", "no", 400)]
    [InlineData("POST", Events, NewRelicServer.LicenseKey, "application/json", "", 400)]
    public async Task What_is_checked_at_once_is_refused_at_once(string method, string path, string key, string type, string body, int expected)
    {
        await using NewRelicServer server = await StartAsync();

        Assert.Equal(expected, (int)(await SendAsync(server, method, path, key, type, body)).StatusCode);
        Assert.Single(server.Violations);
    }

    [Theory]
    [InlineData("/log/v1", 202)]
    [InlineData("/metric/v1", 202)]
    [InlineData(Events, 200)]
    public async Task A_million_bytes_are_taken_and_not_one_more(string path, int expected)
    {
        await using NewRelicServer server = await StartAsync();

        Assert.Equal(expected, (int)(await SendAsync(server, "POST", path, NewRelicServer.LicenseKey, "application/json", "[]".PadRight(1_000_000))).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(server, "POST", path, NewRelicServer.LicenseKey, "application/json", "[]".PadRight(1_000_001))).StatusCode);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("""[{"a":1}]""")]
    [InlineData("""[{"eventType":"a.b"}]""")]
    [InlineData("""[{"eventType":"Metric2"}]""")]
    [InlineData("""[{"eventType":"A","a":true}]""")]
    [InlineData("""[{"eventType":"A","a":[1]}]""")]
    [InlineData("""[{"eventType":"A","a":{"b":1}}]""")]
    [InlineData("""[{"eventType":"A","a":1,"a":2}]""")]
    [InlineData("""[{"eventType":"A","a b":1}]""")]
    [InlineData("""[{"eventType":"A","appId":"x"}]""")]
    [InlineData("""[{"eventType":"A","a":18446744073709551615}]""")]
    [InlineData("""[{"eventType":"A","timestamp":1795464000.5}]""")]
    [InlineData("""[{"eventType":"A","timestamp":1795377599999}]""")]
    [InlineData("""[{"eventType":"A","timestamp":1795550400001}]""")]
    public async Task Bad_custom_events_are_dropped_after_a_success(string body)
    {
        await using NewRelicServer server = await StartAsync();

        HttpResponseMessage answer = await SendAsync(server, "POST", Events, NewRelicServer.LicenseKey, "application/json", body);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(Assert.Single(server.IntegrationErrors).RequestId, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Empty(server.Events);
    }

    [Theory]
    [InlineData("{\"message\":\"x\"}")]
    [InlineData("""[{"logs":[{"timestamp":1795464000000}]}]""")]
    [InlineData("""[{"logs":[{"message":"x","timestamp":1795291199999}]}]""")]
    public async Task Bad_logs_are_dropped_after_a_success(string body)
    {
        await using NewRelicServer server = await StartAsync();

        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(server, "POST", "/log/v1", NewRelicServer.LicenseKey, "application/json", body)).StatusCode);
        Assert.Single(server.IntegrationErrors);
        Assert.Empty(server.Logs);
    }

    [Fact]
    public async Task A_time_within_a_message_goes_before_the_logs_own()
    {
        await using NewRelicServer server = await StartAsync();

        await SendAsync(
            server, "POST", "/log/v1", NewRelicServer.LicenseKey, "application/json",
            """[{"logs":[{"timestamp":1795464000000,"message":"{\"timestamp\":\"2026-11-23T19:00:00Z\",\"a\":{\"b\":1}}"}]}]""");

        StoredLog log = Assert.Single(server.Logs);
        Assert.Equal((1_795_460_400_000, "1"), (log.Timestamp, log.Text("a.b")));
    }

    [Theory]
    [InlineData("""{"name":"m","type":"count","value":1}""")]
    [InlineData("""{"name":"m","type":"count","value":1,"interval.ms":0}""")]
    [InlineData("""{"name":"m","type":"count","value":"1","interval.ms":1}""")]
    [InlineData("""{"name":"m","type":"histogram","value":1,"interval.ms":1}""")]
    [InlineData("""{"name":"","value":1}""")]
    [InlineData("""{"name":"m","type":"summary","value":{"count":1,"sum":1,"min":1},"interval.ms":1}""")]
    [InlineData("""{"name":"m","value":1,"timestamp":1795291199999}""")]
    [InlineData("""{"name":"m","value":1,"timestamp":1795550400001}""")]
    [InlineData("""{"name":"m","value":1,"attributes":{"m":1}}""")]
    [InlineData("""{"name":"m","value":1,"attributes":{"interval.ms":1}}""")]
    [InlineData("""{"name":"m","value":1,"attributes":{"a":[1]}}""")]
    [InlineData("""{"name":"m","value":1,"attributes":{"a":18446744073709551615}}""")]
    public async Task Bad_points_are_dropped_after_a_success(string point)
    {
        await using NewRelicServer server = await StartAsync();

        HttpResponseMessage answer = await SendAsync(server, "POST", "/metric/v1", NewRelicServer.LicenseKey, "application/json", $$"""[{"metrics":[{{point}}]}]""");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Single(server.IntegrationErrors);
        Assert.Empty(server.Points);
    }

    [Fact]
    public async Task A_number_that_is_out_of_range_drops_its_whole_block()
    {
        await using NewRelicServer server = await StartAsync();

        await SendAsync(
            server, "POST", "/metric/v1", NewRelicServer.LicenseKey, "application/json",
            """[{"common":{"attributes":{"a":18446744073709551615}},"metrics":[{"name":"m","value":1}]},{"metrics":[{"name":"n","value":1}]}]""");

        Assert.Equal("n", Assert.Single(server.Points).Name);
    }

    [Theory]
    [InlineData("0A0412021200")]
    [InlineData("0A00120000")]
    [InlineData("FF")]
    public async Task Bad_spans_are_dropped_after_a_success(string message)
    {
        await using NewRelicServer server = await StartAsync();
        using var content = new ByteArrayContent(Convert.FromHexString(message));
        content.Headers.ContentType = new("application/x-protobuf");

        HttpResponseMessage answer = await SendAsync(server, "POST", "/v1/traces", NewRelicServer.LicenseKey, content);

        Assert.Equal((HttpStatusCode.OK, 0L), (answer.StatusCode, answer.Content.Headers.ContentLength ?? 0));
        Assert.Single(server.IntegrationErrors);
    }

    private static async Task<HttpResponseMessage> SendAsync(NewRelicServer server, string method, string path, string key, string type, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        return await SendAsync(server, method, path, key, content);
    }

    private static async Task<HttpResponseMessage> SendAsync(NewRelicServer server, string method, string path, string key, HttpContent content)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Address, path)) { Content = content };
        request.Headers.TryAddWithoutValidation("Api-Key", key);
        return await Client.SendAsync(request, Cancellation);
    }
}
