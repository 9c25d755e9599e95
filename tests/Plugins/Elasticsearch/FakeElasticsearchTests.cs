using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AuditHost.Fakes.Elasticsearch;
using static AuditHost.Plugins.Tests.Elasticsearch.ElasticTests;

namespace AuditHost.Plugins.Tests.Elasticsearch;

/// <summary>The fake refuses what Elasticsearch refuses; else the other tests would prove nothing.</summary>
public sealed class FakeElasticsearchTests : IDisposable
{
    private const string Stream =
        """{"index_patterns":["s*"],"priority":1,"data_stream":{},"template":{"settings":{}}}""";

    private readonly HttpClient _http = new();

    [Theory]
    [InlineData("/i/_bulk", "", "parse_exception")]
    [InlineData("/i/_bulk", "{\"create\":{}}\n{}", "illegal_argument_exception")]
    [InlineData("/i/_bulk", "{\"create\":{}}\n", "illegal_argument_exception")]
    [InlineData("/i/_bulk", "{\"create\":{}}{}\n{}\n", "illegal_argument_exception")]
    [InlineData("/i/_bulk", "{\"make\":{}}\n{}\n", "illegal_argument_exception")]
    [InlineData("/i/_bulk", "{\"create\":{},\"index\":{}}\n{}\n", "illegal_argument_exception")]
    [InlineData("/i/_bulk", "{\"create\":{\"_type\":\"doc\"}}\n{}\n", "illegal_argument_exception")]
    [InlineData("/i/_bulk", "{\"create\":{}}\n{\n}\n", "illegal_argument_exception")]
    [InlineData("/i/_bulk", "{\"create\":{\"_id\":\"\"}}\n{}\n", "action_request_validation_exception")]
    [InlineData("/_bulk", "{\"create\":{}}\n{}\n", "action_request_validation_exception")]
    [InlineData("/i/_bulk?unknown=1", "{\"create\":{}}\n{}\n", "illegal_argument_exception")]
    public async Task A_bulk_request_that_breaks_a_rule_is_refused_whole(string target, string body, string type)
    {
        await using FakeElasticsearch cluster = await StartAsync();

        (HttpStatusCode status, JsonElement answer) = await SendAsync(cluster, HttpMethod.Post, target, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(type, answer.GetProperty("error").GetProperty("type").GetString());
        Assert.Single(cluster.Violations);
        Assert.Empty(cluster.Documents);
    }

    [Theory]
    [InlineData("Upper", "create", "{}", 400, "invalid_index_name_exception")]
    [InlineData("_i", "create", "{}", 400, "invalid_index_name_exception")]
    [InlineData("i", "create", "[]", 400, "document_parsing_exception")]
    [InlineData("i", "create", "{\"a\":1,\"a\":1}", 400, "document_parsing_exception")]
    [InlineData("i", "create", "{\"a\":{\"b\":1,\"b\":1}}", 400, "document_parsing_exception")]
    [InlineData("s", "create", "{}", 400, "document_parsing_exception")]
    [InlineData("s", "create", "{\"@timestamp\":[\"2026-01-01T00:00:00Z\"]}", 400, "document_parsing_exception")]
    [InlineData("s", "create", "{\"@timestamp\":\"yesterday\"}", 400, "document_parsing_exception")]
    [InlineData("s", "index", "{\"@timestamp\":\"2026-01-01T00:00:00Z\"}", 400, "illegal_argument_exception")]
    [InlineData("s", "create", "{\"@timestamp\":\"2026-01-01T00:00:00Z\"}", 201, null)]
    [InlineData("i", "create", "{}", 201, null)]
    public async Task An_item_that_breaks_a_rule_is_refused_alone(string index, string action, string source, int status, string? type)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await SendAsync(cluster, HttpMethod.Put, "/_index_template/t", Stream, "application/json");

        (_, JsonElement answer) = await SendAsync(cluster, HttpMethod.Post, "/_bulk", $$$"""{"{{{action}}}":{"_index":"{{{index}}}"}}{{{'\n'}}}{{{source}}}{{{'\n'}}}""");

        JsonElement item = answer.GetProperty("items")[0].GetProperty(action);
        Assert.Equal(status, item.GetProperty("status").GetInt32());
        Assert.Equal(type, item.TryGetProperty("error", out JsonElement error) ? error.GetProperty("type").GetString() : null);
        Assert.Equal(type is not null, answer.GetProperty("errors").GetBoolean());
    }

    [Fact]
    public async Task An_id_is_taken_once_in_each_index()
    {
        await using FakeElasticsearch cluster = await StartAsync();

        (_, JsonElement answer) = await SendAsync(cluster, HttpMethod.Post, "/_bulk?filter_path=items.*.status", string.Concat(new[] { "a", "b", "a" }.Select(index => $$$"""{"create":{"_index":"{{{index}}}","_id":"1"}}{{{'\n'}}}{}{{{'\n'}}}""")));

        Assert.Equal("""{"items":[{"create":{"status":201}},{"create":{"status":201}},{"create":{"status":409}}]}""", answer.GetRawText());
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        cluster.MaxContentLength = 10;

        (HttpStatusCode status, _) = await SendAsync(cluster, HttpMethod.Post, "/i/_bulk", "{\"create\":{}}\n{}\n");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Theory]
    [InlineData(null, "missing authentication credentials")]
    [InlineData("ApiKey bm8=", "unable to authenticate")]
    [InlineData("Bearer x", "unable to authenticate")]
    public async Task Nobody_comes_in_without_credentials(string? authorization, string reason)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, cluster.Address);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using HttpResponseMessage response = await _http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/_index_template/t", """{"template":{}}""")]
    [InlineData("/_index_template/t", """{"index_patterns":["t*"],"shards":1}""")]
    [InlineData("/_index_template/t", """{"index_patterns":["t*"],"template":{"failure_store":true}}""")]
    [InlineData("/_index_template/t", """{"index_patterns":["t*"],"composed_of":["none"]}""")]
    [InlineData("/_index_template/t", """{"index_patterns":["first-more*"],"priority":7}""")]
    [InlineData("/_index_template/t", """{"index_patterns":["t*"],"data_stream":{},"composed_of":["lenient"]}""")]
    [InlineData("/_component_template/c", """{"settings":{}}""")]
    public async Task A_template_that_breaks_a_rule_is_refused(string target, string body)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await SendAsync(cluster, HttpMethod.Put, "/_component_template/lenient", """{"template":{"settings":{"index":{"mapping":{"ignore_malformed":true}}}}}""", "application/json");
        await SendAsync(cluster, HttpMethod.Put, "/_index_template/first", """{"index_patterns":["first-*"],"priority":7}""", "application/json");
        Assert.Empty(cluster.Violations);

        (HttpStatusCode status, _) = await SendAsync(cluster, HttpMethod.Put, target, body, "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Single(cluster.Violations);
    }

    [Theory]
    [InlineData("""{"query":{"match_all":{}},"sort":[{"@timestamp":{}}],"from":10}""")]
    [InlineData("""{"query":{"fuzzy":{"a":"b"}},"sort":[{"@timestamp":{}}]}""")]
    [InlineData("""{"query":{"bool":{"filter":[{"terms":{"a":"b"}}]}},"sort":[{"@timestamp":{}}]}""")]
    [InlineData("""{"query":{"bool":{"filter":[{"range":{"@timestamp":{"gte":"yesterday"}}}]}},"sort":[{"@timestamp":{}}]}""")]
    [InlineData("""{"query":{"bool":{"filter":[{"simple_query_string":{"query":"a","default_operator":"and","flags":"SPACE"}}]}},"sort":[{"@timestamp":{}}]}""")]
    [InlineData("""{"query":{"match_all":{}},"sort":[{"_shard_doc":{}}]}""")]
    [InlineData("""{"query":{"match_all":{}},"sort":[{"a":{}}]}""")]
    [InlineData("""{"query":{"match_all":{}},"sort":[{"@timestamp":{}}],"search_after":[1,2]}""")]
    [InlineData("""{"query":{"match_all":{}},"sort":[{"@timestamp":{}}],"size":10001}""")]
    [InlineData("""{"query":""")]
    public async Task A_search_that_it_does_not_understand_is_refused(string body)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await SendAsync(cluster, HttpMethod.Post, "/i/_bulk", "{\"create\":{}}\n{\"@timestamp\":\"2026-01-01T00:00:00Z\",\"a\":\"text\"}\n");

        (HttpStatusCode status, _) = await SendAsync(cluster, HttpMethod.Post, "/i/_search", body, "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Single(cluster.Violations);
    }

    [Fact]
    public async Task A_new_text_is_no_keyword_until_a_template_says_so()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await SendAsync(cluster, HttpMethod.Post, "/i/_bulk", "{\"create\":{}}\n{\"@timestamp\":\"2026-01-01T00:00:00Z\",\"a\":\"Some Text\"}\n");

        Assert.Equal(0, await CountAsync("a", "Some Text"));
        Assert.Equal(1, await CountAsync("a", "text"));
        Assert.Equal(1, await CountAsync("a.keyword", "Some Text"));

        async Task<int> CountAsync(string field, string value)
        {
            (_, JsonElement answer) = await SendAsync(
                cluster, HttpMethod.Post, "/i/_search", $$$$"""{"query":{"bool":{"filter":[{"terms":{"{{{{field}}}}":["{{{{value}}}}"]}}]}},"sort":[{"@timestamp":{}}]}""", "application/json");
            return answer.GetProperty("hits").GetProperty("hits").GetArrayLength();
        }
    }

    [Fact]
    public async Task For_load_it_counts_and_answers_for_each_document()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        cluster.Keeps = false;

        (_, JsonElement answer) = await SendAsync(cluster, HttpMethod.Post, "/i/_bulk", "{\"create\":{}}\n{}\n{\"create\":{}}\n{}\n");

        Assert.Equal("""{"errors":false,"items":[{"create":{"status":201}},{"create":{"status":201}}]}""", answer.GetRawText());
        Assert.Equal(2, cluster.EventCount);
        Assert.Empty(cluster.Documents);
    }

    public void Dispose() => _http.Dispose();

    private async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(
        FakeElasticsearch cluster, HttpMethod method, string target, string body, string mediaType = "application/x-ndjson")
    {
        using var request = new HttpRequestMessage(method, new Uri(cluster.Address, target)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        request.Headers.Authorization = new AuthenticationHeaderValue("ApiKey", FakeElasticsearch.ApiKey);
        using HttpResponseMessage response = await _http.SendAsync(request, Cancellation);
        byte[] text = await response.Content.ReadAsByteArrayAsync(Cancellation);
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}
