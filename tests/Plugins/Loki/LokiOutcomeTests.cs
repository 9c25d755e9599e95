using AuditHost.Fakes;
using AuditHost.Fakes.Loki;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Loki.LokiTests;

namespace AuditHost.Plugins.Tests.Loki;

/// <summary>What Loki's answers mean.</summary>
public sealed class LokiOutcomeTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData(200, FailureKind.Misconfigured)]
    [InlineData(201, FailureKind.Misconfigured)]
    [InlineData(202, FailureKind.Misconfigured)]
    [InlineData(260, FailureKind.Misconfigured)]
    [InlineData(301, FailureKind.Misconfigured)]
    [InlineData(400, FailureKind.Rejected)]
    [InlineData(401, FailureKind.Misconfigured)]
    [InlineData(403, FailureKind.Misconfigured)]
    [InlineData(404, FailureKind.Misconfigured)]
    [InlineData(405, FailureKind.Misconfigured)]
    [InlineData(408, FailureKind.Transient)]
    [InlineData(413, FailureKind.TooLarge)]
    [InlineData(415, FailureKind.Misconfigured)]
    [InlineData(422, FailureKind.Rejected)]
    [InlineData(429, FailureKind.Throttled)]
    [InlineData(499, FailureKind.Transient)]
    [InlineData(500, FailureKind.Transient)]
    [InlineData(501, FailureKind.Misconfigured)]
    [InlineData(502, FailureKind.Transient)]
    [InlineData(503, FailureKind.Transient)]
    [InlineData(504, FailureKind.Transient)]
    public async Task Each_status_stands_for_a_kind_of_failure(int status, FailureKind expected)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(status, "the vendor's text", "text/plain"));

        Assert.Equal(expected, result.Kind);
        Assert.Equal(status, result.Status);
        Assert.Contains($"HTTP {status}", result.Reason, StringComparison.Ordinal);
        Assert.Equal("the vendor's text", result.Response);
    }

    [Theory]
    [InlineData("""stream '{job="a"}' includes structured metadata, but this feature is disallowed. Please see `limits_config.allow_structured_metadata`""", "structured_metadata: []")]
    [InlineData("""missing required labels team for user fake for stream {job="a"}""", "enforced_labels")]
    [InlineData("""entry for stream '{job="a"}' has 4 label names; limit 3""", "label_fields")]
    [InlineData("""stream '{job="a"}' has label name too long: 'aaaa'""", "labels")]
    [InlineData("""stream '{job="a"}' has label value too long: 'aaaa'""", "label_fields")]
    [InlineData("""stream '{job="a"}' has duplicate label name: 'job'""", "labels")]
    [InlineData("error at least one label pair is required per stream", "labels")]
    [InlineData("no org id", "tenant")]
    public async Task What_every_event_would_meet_burns_none(string text, string expected)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(400, text, "text/plain"));

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains(expected, result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""entry with timestamp 2026-11-23 ignored, reason: 'entry too far behind, entry timestamp is: a, oldest acceptable timestamp is: b', user 'fake', total ignored: 1 out of 2 for stream: {job="a"}""", "timestamp: received")]
    [InlineData("""entry for stream '{job="a"}' has timestamp too old: a, oldest acceptable timestamp is: b""", "reject_old_samples_max_age")]
    [InlineData("""entry for stream '{job="a"}' has timestamp too new: a""", "creation_grace_period")]
    [InlineData("""Max entry size '10' bytes exceeded for stream '{job="a"}' while adding an entry with length '11' bytes""", "max_line_bytes")]
    [InlineData("loghttp.PushRequest: parse error", "its answer says why")]
    public async Task What_one_line_has_met_is_refused_and_explained(string text, string expected)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(400, text, "text/plain"));

        Assert.Equal(FailureKind.Rejected, result.Kind);
        Assert.Contains(expected, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_an_event_do_not_decide_what_an_answer_means()
    {
        await using FakeLoki loki = await StartAsync();
        await using IConnector connector = Connect(loki, _context);

        DeliveryResult result = await connector.SendAsync(Batch(Event("e-1", timestamp: "2020-01-01T00:00:00Z", type: "\\\" no org id ' missing required labels")), Cancellation);

        Assert.Contains("no org id", result.Response, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Rejected, result.Kind);
    }

    [Theory]
    [InlineData("Maximum active stream limit exceeded when trying to create stream", "label_fields")]
    [InlineData("Per stream rate limit exceeded (limit: 3MB/sec) while attempting to ingest", "per_stream_rate_limit")]
    [InlineData("Ingestion rate limit exceeded for user fake (limit: 4194304 bytes/sec)", "ingestion_rate_mb")]
    public async Task A_429_says_which_limit_it_is(string text, string expected)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(429, text, "text/plain").With("Retry-After", "9"));

        Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(9)), (result.Kind, result.RetryAfter));
        Assert.Contains(expected, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_push_that_Lokis_parts_cannot_pass_on_is_halved()
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(500, "rpc error: code = ResourceExhausted desc = grpc: received message larger than max (5000000 vs. 4194304)", "text/plain"));

        Assert.Equal(FailureKind.TooLarge, result.Kind);
    }

    [Theory]
    [InlineData(260)]
    [InlineData(200)]
    public async Task Blocked_ingestion_is_no_delivery_although_it_is_a_success(int status)
    {
        await using FakeLoki loki = await StartAsync();
        loki.BlockedWith = status;
        await using IConnector connector = Connect(loki, _context);

        DeliveryResult result = await connector.SendAsync(Batch(Event("e-1")), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("nothing was stored", result.Reason, StringComparison.Ordinal);
        Assert.Equal(0, loki.LineCount);
    }

    [Fact]
    public async Task Halving_a_refused_batch_leaves_each_good_line_once_and_finds_the_bad_one()
    {
        await using FakeLoki loki = await StartAsync();
        await using IConnector connector = Connect(loki, _context);
        string[] events = [Event("e-0"), Event("e-1"), Event("e-2", timestamp: "2026-11-01T00:00:00Z"), Event("e-3")];
        var refused = new List<string>();

        await SendAsHostDoes(events);

        Assert.Equal([events[2]], refused);
        Assert.Equal(["e-0", "e-1", "e-3"], loki.Lines.Select(line => line.Metadata["event_id"]));

        async Task SendAsHostDoes(string[] part)
        {
            DeliveryResult result = await connector.SendAsync(Batch(part), Cancellation);
            if (result.IsDelivered)
                return;
            Assert.Equal(FailureKind.Rejected, result.Kind);
            if (part.Length == 1)
            {
                refused.Add(part[0]);
                return;
            }

            await SendAsHostDoes(part[..(part.Length / 2)]);
            await SendAsHostDoes(part[(part.Length / 2)..]);
        }
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_not_sent_and_the_others_are()
    {
        await using FakeLoki loki = await StartAsync();
        loki.MaxLineSize = 200;
        await using IConnector connector = Connect(loki, _context, ""","max_line_bytes":200""");
        string longest = Event("e-1", further: ""","x":"" """.TrimEnd());
        longest = longest.Replace("\"x\":\"", "\"x\":\"" + new string('x', 200 - longest.Length), StringComparison.Ordinal);

        DeliveryResult result = await connector.SendAsync(
            Batch(Event("e-0", further: $",\"x\":\"{new string('x', 200)}\""), longest, Event("e-2")), Cancellation);

        Assert.Empty(loki.Violations);
        Assert.Equal(200, longest.Length);
        EventFailure failure = Assert.Single(result.Failures!);
        Assert.Equal((0, FailureKind.TooLarge), (failure.Index, failure.Kind));
        Assert.Equal(["e-1", "e-2"], loki.Lines.Select(line => line.Metadata["event_id"]));
    }

    [Fact]
    public async Task A_batch_of_lines_that_are_all_too_long_is_no_push_at_all()
    {
        await using FakeLoki loki = await StartAsync();
        await using IConnector connector = Connect(loki, _context, ""","max_line_bytes":10""");

        DeliveryResult result = await connector.SendAsync(Batch(Event("e-0"), Event("e-1")), Cancellation);

        Assert.Equal([0, 1], result.Failures!.Select(failure => failure.Index));
        Assert.Empty(loki.Requests);
    }

    [Fact]
    public async Task A_failure_of_the_push_is_a_failure_of_the_line_that_is_too_long_as_well()
    {
        await using FakeLoki loki = await StartAsync();
        loki.FailNext(new FakeAnswer(503));
        await using IConnector connector = Connect(loki, _context, ""","max_line_bytes":200""");

        DeliveryResult result = await connector.SendAsync(Batch(Event("e-0", further: $",\"x\":\"{new string('x', 200)}\""), Event("e-1")), Cancellation);

        Assert.Equal(FailureKind.Transient, result.Kind);
        Assert.Null(result.Failures);
    }

    [Fact]
    public async Task A_tenant_that_is_missing_burns_no_event()
    {
        await using FakeLoki loki = await StartAsync();
        loki.Tenants = new HashSet<string> { "audit" };
        await using IConnector connector = Connect(loki, _context);

        DeliveryResult result = await connector.SendAsync(Batch(Event("e-1")), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("tenant", result.Reason, StringComparison.Ordinal);
    }

    public void Dispose() => _context.Dispose();

    private async Task<DeliveryResult> SendAsync(FakeAnswer answer)
    {
        await using FakeLoki loki = await StartAsync();
        loki.FailNext(answer);
        await using IConnector connector = Connect(loki, _context);
        return await connector.SendAsync(Batch(Event("e-1"), Event("e-2")), Cancellation);
    }
}
