using AuditHost.Fakes;
using AuditHost.Fakes.Elasticsearch;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Elasticsearch.ElasticTests;

namespace AuditHost.Plugins.Tests.Elasticsearch;

/// <summary>Every outcome that an item or a request can have.</summary>
public sealed class BulkOutcomeTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData(429, "es_rejected_execution_exception", FailureKind.Throttled)]
    [InlineData(429, "circuit_breaking_exception", FailureKind.Throttled)]
    [InlineData(429, "cluster_block_exception", FailureKind.Throttled)]
    [InlineData(403, "cluster_block_exception", FailureKind.Transient)]
    [InlineData(403, "security_exception", FailureKind.Misconfigured)]
    [InlineData(401, "security_exception", FailureKind.Misconfigured)]
    [InlineData(404, "index_not_found_exception", FailureKind.Misconfigured)]
    [InlineData(400, "document_parsing_exception", FailureKind.Rejected)]
    [InlineData(400, "mapper_parsing_exception", FailureKind.Rejected)]
    [InlineData(400, "illegal_argument_exception", FailureKind.Rejected)]
    [InlineData(400, "strict_dynamic_mapping_exception", FailureKind.Rejected)]
    [InlineData(400, "validation_exception", FailureKind.Misconfigured)]
    [InlineData(400, "index_closed_exception", FailureKind.Misconfigured)]
    [InlineData(400, "invalid_index_name_exception", FailureKind.Misconfigured)]
    [InlineData(409, "another_exception", FailureKind.Transient)]
    [InlineData(413, "some_exception", FailureKind.TooLarge)]
    [InlineData(500, "exception", FailureKind.Transient)]
    [InlineData(503, "unavailable_shards_exception", FailureKind.Transient)]
    [InlineData(503, "process_cluster_event_timeout_exception", FailureKind.Transient)]
    [InlineData(408, null, FailureKind.Transient)]
    [InlineData(17, null, FailureKind.Transient)]
    [InlineData(302, null, FailureKind.Transient)]
    [InlineData(600, null, FailureKind.Transient)]
    public async Task An_items_status_and_error_decide_about_its_event_alone(int status, string? type, FailureKind expected)
    {
        DeliveryResult result = await SendAsync(ElasticReply.Bulk(null, new ItemFault(status, type, "the vendor's text"), null));

        EventFailure failure = Assert.Single(result.Failures!);
        Assert.Equal((1, expected, (int?)status), (failure.Index, failure.Kind, failure.Status));
        Assert.StartsWith($"HTTP {status}", failure.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("the vendor's text", failure.Reason, StringComparison.Ordinal);
        Assert.Contains("items[1]: {\"create\":", result.Response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pipeline with id [audit] does not exist")]
    [InlineData("only write ops with an op_type of create are allowed in data streams")]
    [InlineData("no write index is defined for alias [audit]. The write index may be explicitly disabled using is_write_index=false or the alias points to multiple indices without one being designated as a write index")]
    [InlineData("Number of documents in the index can't exceed [2147483519]")]
    public async Task Refusals_that_would_meet_any_event_are_a_matter_of_settings(string reason)
    {
        DeliveryResult result = await SendAsync(ElasticReply.Bulk(null, new ItemFault(400, "illegal_argument_exception", reason), null));

        Assert.Equal(FailureKind.Misconfigured, Assert.Single(result.Failures!).Kind);
    }

    [Theory]
    [InlineData("mapper [pipeline with id [x]] cannot be changed from type [long] to [text]")]
    [InlineData("Limit of total fields [1000] has been exceeded while adding new fields [only write ops with an op_type of create are allowed in data streams]")]
    public async Task No_event_holds_up_the_others_by_its_words(string reason)
    {
        DeliveryResult result = await SendAsync(ElasticReply.Bulk(null, new ItemFault(400, "illegal_argument_exception", reason), null));

        Assert.Equal(FailureKind.Rejected, Assert.Single(result.Failures!).Kind);
    }

    [Theory]
    [InlineData("fail_processor_exception", FailureKind.Rejected)]
    [InlineData("exception", FailureKind.Transient)]
    public async Task A_pipeline_that_refuses_a_document_refuses_it_for_good(string type, FailureKind expected)
    {
        DeliveryResult result = await SendAsync(ElasticReply.Bulk(null, new ItemFault(500, type, "no user"), null));

        Assert.Equal(expected, Assert.Single(result.Failures!).Kind);
    }

    [Fact]
    public async Task A_document_that_is_there_already_is_delivered()
    {
        DeliveryResult result = await SendAsync(ElasticReply.Bulk(new ItemFault(409, "version_conflict_engine_exception"), null, new ItemFault(200)));

        Assert.True(result.IsDelivered, result.Reason);
    }

    [Fact]
    public async Task Each_kind_of_failure_stands_by_itself()
    {
        DeliveryResult result = await SendAsync(ElasticReply.Bulk(
            new ItemFault(400, "document_parsing_exception"), new ItemFault(429, "es_rejected_execution_exception"), new ItemFault(429, "es_rejected_execution_exception")));

        Assert.Equal(
            [(0, FailureKind.Rejected), (1, FailureKind.Throttled), (2, FailureKind.Throttled)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
    }

    [Theory]
    [InlineData(429, "es_rejected_execution_exception", FailureKind.Throttled)]
    [InlineData(404, "index_not_found_exception", FailureKind.Misconfigured)]
    [InlineData(503, "unavailable_shards_exception", FailureKind.Transient)]
    public async Task What_meets_all_events_alike_is_the_requests(int status, string type, FailureKind expected)
    {
        var fault = new ItemFault(status, type);

        DeliveryResult result = await SendAsync(ElasticReply.Bulk(fault, fault, fault));

        Assert.Equal((expected, null, status), (result.Kind, result.Failures, result.Status));
    }

    [Fact]
    public async Task Events_that_are_all_refused_are_so_one_by_one()
    {
        var fault = new ItemFault(400, "document_parsing_exception");

        DeliveryResult result = await SendAsync(ElasticReply.Bulk(fault, fault, fault));

        Assert.Equal([FailureKind.Rejected, FailureKind.Rejected, FailureKind.Rejected], result.Failures!.Select(failure => failure.Kind));
    }

    [Fact]
    public async Task Quarantine_is_delivered_marked_and_said_once()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        cluster.FailNext(ElasticReply.Bulk(null, new ItemFault(201, FailureStore: "used"), null), times: 2);
        await using IConnector connector = Create(_context, cluster.Address);

        DeliveryResult result = await connector.SendAsync(Batch(3), Cancellation);
        await connector.SendAsync(Batch(3), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Equal([null, "failure store", null], result.AcknowledgementIds!);
        Assert.Contains("failure store", Assert.Single(_context.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not_enabled")]
    [InlineData("failed")]
    public async Task What_the_failure_store_did_not_take_is_refused(string failureStore)
    {
        DeliveryResult result = await SendAsync(ElasticReply.Bulk(null, null, new ItemFault(400, "document_parsing_exception", "no", failureStore)));

        EventFailure failure = Assert.Single(result.Failures!);
        Assert.Equal((2, FailureKind.Rejected), (failure.Index, failure.Kind));
        Assert.Empty(_context.Warnings);
    }

    [Theory]
    [InlineData(401, "security_exception", "no", FailureKind.Misconfigured)]
    [InlineData(403, "security_exception", "no", FailureKind.Misconfigured)]
    [InlineData(403, "cluster_block_exception", "no", FailureKind.Transient)]
    [InlineData(413, "x_exception", "no", FailureKind.TooLarge)]
    [InlineData(429, "circuit_breaking_exception", "no", FailureKind.Throttled)]
    [InlineData(406, "media_type_header_exception", "no", FailureKind.Misconfigured)]
    [InlineData(400, "illegal_argument_exception", "Malformed action/metadata line [1]", FailureKind.Rejected)]
    [InlineData(400, "illegal_argument_exception", "Action/metadata line [1] contains an unknown parameter [x]", FailureKind.Rejected)]
    [InlineData(400, "parse_exception", "request body is required", FailureKind.Rejected)]
    [InlineData(400, "action_request_validation_exception", "Validation Failed: 1: id is too long;", FailureKind.Rejected)]
    [InlineData(400, "invalid_index_name_exception", "no", FailureKind.Misconfigured)]
    [InlineData(400, "illegal_argument_exception", "request [/_bulk] contains unrecognized parameter: [include_source_on_error]", FailureKind.Misconfigured)]
    [InlineData(400, "illegal_argument_exception", "explicit index in bulk is not allowed", FailureKind.Misconfigured)]
    [InlineData(500, "exception", "no", FailureKind.Transient)]
    [InlineData(503, "cluster_block_exception", "no", FailureKind.Transient)]
    public async Task A_request_may_be_refused_as_a_whole(int status, string type, string reason, FailureKind expected)
    {
        DeliveryResult result = await SendAsync(ElasticReply.Error(status, type, reason));

        Assert.Equal((expected, null, status), (result.Kind, result.Failures, result.Status));
        Assert.Contains(type, result.Response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(502, FailureKind.Transient)]
    [InlineData(504, FailureKind.Transient)]
    [InlineData(413, FailureKind.TooLarge)]
    [InlineData(302, FailureKind.Misconfigured)]
    [InlineData(400, FailureKind.Misconfigured)]
    [InlineData(204, FailureKind.Transient)]
    [InlineData(202, FailureKind.Transient)]
    public async Task What_a_proxy_answers_has_no_error(int status, FailureKind expected)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(status, status == 204 ? "" : "<html>no</html>", "text/html"));

        Assert.Equal(expected, result.Kind);
    }

    [Fact]
    public async Task A_path_that_the_server_does_not_know_is_a_matter_of_settings()
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(400, """{"error":"no handler found for uri [/wrong/i/_bulk] and method [POST]"}"""));

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("Check endpoint", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    public async Task A_receiver_that_does_not_know_the_path_gets_the_remedy_named(int status)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(status));

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("bare_bulk", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_is_passed_on()
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(429).With("Retry-After", "12"));

        Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(12)), (result.Kind, result.RetryAfter));
    }

    [Fact]
    public async Task Half_a_character_in_an_error_hides_no_more_than_itself()
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(429, """{"error":{"type":"circuit_breaking_exception","reason":"\ud800"},"status":429}"""));

        Assert.Equal(FailureKind.Throttled, result.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>sign in</html>")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"errors":false}""")]
    [InlineData("""{"errors":false,"items":{}}""")]
    [InlineData("""{"errors":false,"items":[]}""")]
    [InlineData("""{"errors":false,"items":[{"create":{"status":201}},{"create":{"status":201}}]}""")]
    [InlineData("""{"errors":false,"items":[{"create":{"status":201}},{"create":{"status":201}},{"create":{"status":201}},{"create":{"status":201}}]}""")]
    [InlineData("""{"errors":false,"items":[{"create":{"status":201}},{"create":{"status":201}},{"create":{"status":201}}]""")]
    [InlineData("""{"errors":false,"items":[{"create":{"status":201}},{"create":{"status":201}},{"create":{"status":201}}""")]
    [InlineData("""{"errors":false,"items":[{"create":{"status":201}},{"create":{"status":201}},{"create":{"status":201}}]}}""")]
    [InlineData("""{"errors":false,"items":[{"create":{"status":201}},{"create":{"status":201}},{"create":{"sta""")]
    public async Task An_answer_that_does_not_tell_of_each_document_delivers_none(string body)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(200, body));

        Assert.Equal((FailureKind.Transient, null), (result.Kind, result.Failures));
    }

    [Theory]
    [InlineData("17")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1,[2]]")]
    [InlineData("""{"create":17}""")]
    [InlineData("""{"create":{}}""")]
    [InlineData("""{"create":{"status":"201"}}""")]
    [InlineData("""{"create":{"status":20.1}}""")]
    [InlineData("""{"create":{"status":null,"error":"no"}}""")]
    [InlineData("""{"create":{"error":{"type":17,"reason":{"a":[1]}}}}""")]
    public async Task An_item_without_a_status_is_no_delivery(string item)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(200, $$$"""{"items":[{"create":{"status":201}},{{{item}}},{"create":{"status":201}}]}"""));

        EventFailure failure = Assert.Single(result.Failures!);
        Assert.Equal((1, FailureKind.Transient), (failure.Index, failure.Kind));
    }

    [Fact]
    public async Task Full_items_in_any_order_of_members_are_read()
    {
        const string Answer =
            """
            {"items":[{"create":{"_index":"i","_id":"a","error":{"caused_by":{"type":"x","status":400,"a":[{}]},"reason":"status","type":"document_parsing_exception"},"_shards":{"total":2,"failed":0},"status":400}},
            {"create":{"_shards":{"status":500},"status":201,"_seq_no":0}},{"index":{"status":201}}],"took":3,"errors":true,"ingest_took":[1,{}]}
            """;

        DeliveryResult result = await SendAsync(new FakeAnswer(200, Answer));

        EventFailure failure = Assert.Single(result.Failures!);
        Assert.Equal((0, FailureKind.Rejected, "HTTP 400, document_parsing_exception"), (failure.Index, failure.Kind, failure.Reason));
    }

    [Fact]
    public async Task Of_an_answer_that_is_too_long_what_was_read_counts_and_the_rest_comes_again()
    {
        string reason = new('r', 17 << 20);
        DeliveryResult result = await SendAsync(ElasticReply.Bulk(null, new ItemFault(400, "document_parsing_exception", reason), null));

        Assert.Equal([(1, FailureKind.Transient), (2, FailureKind.Transient)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
    }

    [Fact]
    public async Task A_type_of_error_that_could_be_anything_is_not_repeated()
    {
        DeliveryResult result = await SendAsync(ElasticReply.Bulk(null, new ItemFault(400, "Bearer abc123"), null));

        Assert.Equal("HTTP 400", Assert.Single(result.Failures!).Reason);
    }

    [Fact]
    public async Task A_document_that_does_not_fit_does_not_hold_up_the_others()
    {
        await using FakeElasticsearch cluster = await StartAsync();
        await using IConnector connector = Create(_context, cluster.Address);

        DeliveryResult result = await connector.SendAsync(Batch([("a", Time, """{"x":1}"""), ("b", Time, """{"x":{"y":1}}"""), ("c", Time, """{"x":2}""")]), Cancellation);

        Assert.Equal([(1, FailureKind.Rejected)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(2, cluster.EventCount);
    }

    public void Dispose() => _context.Dispose();

    private async Task<DeliveryResult> SendAsync(FakeAnswer answer)
    {
        await using FakeElasticsearch cluster = await StartAsync();
        cluster.FailNext(answer);
        await using IConnector connector = Create(_context, cluster.Address);
        return await connector.SendAsync(Batch(3), Cancellation);
    }
}
