using System.Text;
using AuditHost.Connectors.CloudWatch;
using AuditHost.Fakes;
using AuditHost.Fakes.CloudWatch;
using AuditHost.Plugins.Tests.Files;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.CloudWatch;

public sealed class PutLogEventsTests : CloudWatchTest
{
    /// <summary>A call whose body and signature were computed independently.</summary>
    [Fact]
    public async Task Request_is_the_published_vector()
    {
        using var context = new CapturingContext(new ManualClock(Now));
        IConnector connector = new CloudWatchFactory().Create(
            """
            {"log_group":"audit","log_stream":"s1","region":"us-east-1","access_key_id":"AKIDEXAMPLE","secret_access_key":"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
            """u8.ToArray(),
            context);

        DeliveryResult result = await connector.SendAsync(Batch((TimeSpan.FromMilliseconds(123), "hello")), Cancellation);

        Assert.True(result.IsDelivered);
        Assert.Equal(
            """{"logGroupName":"audit","logStreamName":"s1","logEvents":[{"timestamp":1795464000123,"message":"hello"}]}""",
            Encoding.UTF8.GetString(context.Body));
        Assert.Equal("https://logs.us-east-1.amazonaws.com/", context.Request.RequestUri!.AbsoluteUri);
        Assert.Equal("Logs_20140328.PutLogEvents", context.Request.Headers.GetValues("X-Amz-Target").Single());
        Assert.Equal("application/x-amz-json-1.1", context.Request.Content!.Headers.ContentType!.ToString());
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/us-east-1/logs/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
            + "Signature=6f572fcb4ec321364088c4ea95aad21a54c00f2da9f25a58d151e2dcd1613d6f",
            context.Request.Headers.GetValues("Authorization").Single());
    }

    [Fact]
    public async Task Messages_arrive_as_they_were_rendered()
    {
        string[] messages = [@"{""a"":""b\\c\ud83d\ude00"",""n"":1}", "tab\t, break\r\n, quote \", backslash \\, bell \u0007", "jürgen 审计 🔒", "{}"];

        DeliveryResult result = await Connect().SendAsync(Batch(messages), Cancellation);

        Assert.True(result.IsDelivered);
        Assert.Equal(messages, Stored());
        Assert.Empty(Fake.Violations);
    }

    [Fact]
    public async Task Another_endpoint_gets_what_the_first_did_not_take()
    {
        await using var second = new FakeCloudWatchLogs(new ManualClock(Now));
        await second.StartAsync(Cancellation);
        second.AddStream(Group, Stream);
        Fake.FailNext(new FakeAnswer(503, "down"));
        await using IConnector connector = new CloudWatchFactory().Create(
            Encoding.UTF8.GetBytes($$"""
                {"log_group":"{{Group}}","log_stream":"{{Stream}}","region":"{{FakeCloudWatchLogs.Region}}","endpoint":["{{Fake.Address}}","{{second.Address}}"],{{Keys}}}
                """),
            Context);

        Assert.Equal(FailureKind.Transient, (await connector.SendAsync(Batch("m"), Cancellation)).Kind);
        Assert.True((await connector.SendAsync(Batch("m"), Cancellation)).IsDelivered);

        Assert.Empty(Stored());
        Assert.Equal(["m"], second.EventsOf(Group, Stream).Select(one => one.Message));
        Assert.Empty(second.Violations);
    }

    [Fact]
    public async Task Temporary_key_sends_its_token()
    {
        Fake.Keys = Fake.Keys with { SessionToken = "to/ken==" };

        DeliveryResult result = await Connect(""","session_token":"to/ken==" """).SendAsync(Batch("m"), Cancellation);

        Assert.True(result.IsDelivered);
        Assert.Empty(Fake.Violations);
    }

    [Fact]
    public async Task Request_id_is_the_acknowledgement() =>
        Assert.Equal("00000000-0000-4000-8000-000000000001", (await Connect().SendAsync(Batch("m"), Cancellation)).AcknowledgementId);

    [Fact]
    public async Task Events_are_sent_in_the_order_of_their_time_and_those_of_one_time_as_they_came()
    {
        DeliveryResult result = await Connect().SendAsync(
            Batch((Minutes(-1), "c"), (Minutes(-3), "a1"), (Minutes(-3), "a2"), (Minutes(0), "d"), (Minutes(-2), "b"), (Minutes(-3), "a3")), Cancellation);

        Assert.True(result.IsDelivered);
        Assert.Equal(["a1", "a2", "a3", "b", "c", "d"], Stored());
        Assert.Empty(Fake.Violations);
    }

    [Fact]
    public async Task Batch_that_spans_more_than_a_day_goes_out_in_several_calls()
    {
        DeliveryResult result = await Connect().SendAsync(
            Batch((TimeSpan.Zero, "d"), (TimeSpan.FromHours(-24), "c"), (TimeSpan.FromHours(-48) - Minutes(1), "a"), (TimeSpan.FromHours(-25), "b")), Cancellation);

        Assert.True(result.IsDelivered);
        Assert.Equal(["a", "b", "c", "d"], Stored());
        Assert.Equal(2, Fake.RequestCount);
        Assert.Equal([Id(2), Id(2), Id(1), Id(1)], result.AcknowledgementIds);
        Assert.Empty(Fake.Violations);
    }

    [Fact]
    public async Task Call_holds_ten_thousand_events_at_most()
    {
        DeliveryResult result = await Connect().SendAsync(Batch([.. Enumerable.Repeat("m", 10_001)]), Cancellation);

        Assert.True(result.IsDelivered);
        Assert.Equal(10_001, Fake.EventCount);
        Assert.Equal(2, Fake.RequestCount);
        Assert.Empty(Fake.Violations);
    }

    /// <summary>Counted as AWS does: bytes of UTF-8 before any escape, and 26 for each event.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public async Task Call_holds_a_mebibyte_at_most(int over, int calls)
    {
        string large = string.Concat(Enumerable.Repeat("ü\"", 100_000));
        string rest = new('x', 1_048_576 - (2 * 26) - 300_000 + over);

        DeliveryResult result = await Connect().SendAsync(Batch(large, rest), Cancellation);

        Assert.True(result.IsDelivered);
        Assert.Equal(calls, Fake.RequestCount);
        Assert.Equal([large, rest], Stored());
        Assert.Empty(Fake.Violations);
    }

    [Theory]
    [InlineData(1_048_576)]
    [InlineData(262_144)]
    public async Task Event_that_no_call_can_carry_fails_alone(int limit)
    {
        Fake.MaxEventBytes = limit;
        string largest = new('x', limit - 26);

        DeliveryResult result = await Connect($",\"max_event_bytes\":{limit}").SendAsync(Batch("a", largest + "x", largest), Cancellation);

        EventFailure failure = Assert.Single(result.Failures!);
        Assert.Equal((1, FailureKind.TooLarge), (failure.Index, failure.Kind));
        Assert.Equal(["a", largest], Stored());
        Assert.Empty(Fake.Violations);
    }

    [Fact]
    public async Task Empty_message_and_time_before_1970_fail_alone()
    {
        DeliveryResult result = await Connect().SendAsync(Batch((Minutes(0), "a"), (Minutes(0), ""), (DateTimeOffset.UnixEpoch - Now - Minutes(1), "old")), Cancellation);

        Assert.Equal([(1, FailureKind.Rejected), (2, FailureKind.Rejected)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(["a"], Stored());
        Assert.Empty(Fake.Violations);
    }

    /// <summary>AWS answers 200 and names places in the order that was sent; the batch has another.</summary>
    [Fact]
    public async Task Events_that_are_too_old_expired_or_too_new_are_found_in_the_batch()
    {
        Fake.Groups[Group].RetentionDays = 7;

        DeliveryResult result = await Connect().SendAsync(
            Batch((Minutes(121), "new"), (Minutes(0), "now"), (TimeSpan.FromDays(-8), "expired"), (TimeSpan.FromDays(-15), "old"), (Minutes(119), "soon")), Cancellation);

        Assert.Equal(
            [(0, "Too new"), (2, "Expired"), (3, "Too old")],
            result.Failures!.OrderBy(failure => failure.Index).Select(failure => (failure.Index, failure.Reason[..failure.Reason.IndexOf(':', StringComparison.Ordinal)])));
        Assert.All(result.Failures!, failure => Assert.Equal(FailureKind.Rejected, failure.Kind));
        Assert.Equal(["now", "soon"], Stored());
        Assert.Empty(Fake.Violations);
    }

    [Fact]
    public async Task All_can_be_rejected_with_status_200()
    {
        DeliveryResult result = await Connect().SendAsync(Batch((TimeSpan.FromDays(-20), "a"), (TimeSpan.FromDays(-20), "b")), Cancellation);

        Assert.Equal([0, 1], result.Failures!.Select(failure => failure.Index));
        Assert.Contains("rejectedLogEventsInfo", result.Response, StringComparison.Ordinal);
        Assert.Equal(0, Fake.EventCount);
    }

    [Fact]
    public async Task Rejected_entity_is_a_warning_and_a_delivery()
    {
        Fake.FailNext(new FakeAnswer(200, """{"rejectedEntityInfo":{"errorType":"InvalidEntity"}}""").With("x-amzn-RequestId", Id(1)), times: 2);
        IConnector connector = Connect();

        Assert.True((await connector.SendAsync(Batch("m"), Cancellation)).IsDelivered);
        Assert.True((await connector.SendAsync(Batch("m"), Cancellation)).IsDelivered);

        Assert.Contains("entity", Assert.Single(Context.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{} {}")]
    [InlineData("""{"nextSequenceToken":""")]
    [InlineData("""{"rejectedLogEventsInfo":{"tooNewLogEventStartIndex":-1}}""")]
    [InlineData("""{"rejectedLogEventsInfo":{"tooOldLogEventEndIndex":2}}""")]
    [InlineData("""{"rejectedLogEventsInfo":{"expiredLogEventEndIndex":"1"}}""")]
    [InlineData("""{"rejectedLogEventsInfo":{"forbiddenLogEventIndexes":[0]}}""")]
    [InlineData("""{"rejectedLogEventsInfo":true}""")]
    public async Task Success_that_makes_no_sense_acknowledges_nothing(string body)
    {
        Fake.FailNext(new FakeAnswer(200, body).With("x-amzn-RequestId", Id(1)));

        Assert.Equal(FailureKind.Transient, (await Connect().SendAsync(Batch("m"), Cancellation)).Kind);
    }

    [Fact]
    public async Task Failure_of_a_later_call_keeps_what_was_delivered()
    {
        Fake.InterceptNext(_ => null);
        Fake.FailNext(FakeCloudWatchLogs.Error("ThrottlingException").With("Retry-After", "3"));

        DeliveryResult result = await Connect().SendAsync(
            Batch((TimeSpan.FromDays(-5), "a"), (TimeSpan.FromDays(-3), "b"), (TimeSpan.FromDays(-1), "c")), Cancellation);

        Assert.Equal([(1, FailureKind.Throttled), (2, FailureKind.Throttled)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(TimeSpan.FromSeconds(3), result.RetryAfter);
        Assert.Equal([Id(1), null, null], result.AcknowledgementIds);
        Assert.Equal(["a"], Stored());
    }

    /// <summary>Which event of the call is at fault is the host's to find, and it needs the call as a batch of its own for that.</summary>
    [Fact]
    public async Task Later_call_that_is_refused_as_a_whole_comes_again_apart()
    {
        Fake.InterceptNext(_ => null);
        Fake.FailNext(FakeCloudWatchLogs.Error("InvalidParameterException", "no"), times: 2);
        IConnector connector = Connect();
        EventBatch batch = Batch((TimeSpan.FromDays(-5), "a"), (TimeSpan.FromDays(-3), "b"), (TimeSpan.FromDays(-3), "c"));

        DeliveryResult first = await connector.SendAsync(batch, Cancellation);
        DeliveryResult second = await connector.SendAsync(Batch((TimeSpan.FromDays(-3), "b"), (TimeSpan.FromDays(-3), "c")), Cancellation);

        Assert.Equal([(1, FailureKind.Transient), (2, FailureKind.Transient)], first.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(FailureKind.Rejected, second.Kind);
    }

    [Fact]
    public async Task Single_event_that_is_refused_fails_alone_and_the_calls_go_on()
    {
        Fake.FailNext(FakeCloudWatchLogs.Error("InvalidParameterException", "no"));

        DeliveryResult result = await Connect().SendAsync(Batch((TimeSpan.FromDays(-5), "a"), (TimeSpan.FromDays(-3), "b")), Cancellation);

        EventFailure failure = Assert.Single(result.Failures!);
        Assert.Equal((0, FailureKind.Rejected), (failure.Index, failure.Kind));
        Assert.Equal(["b"], Stored());
    }

    [Fact]
    public async Task Deadline_keeps_what_was_delivered_before_it()
    {
        using var cancellation = new CancellationTokenSource();
        Fake.InterceptNext(_ => null);
        Fake.InterceptNext(_ =>
        {
            cancellation.Cancel();
            return new FakeAnswer(500);
        });

        DeliveryResult result = await Connect().SendAsync(Batch((TimeSpan.FromDays(-5), "a"), (TimeSpan.FromDays(-3), "b")), cancellation.Token);

        EventFailure failure = Assert.Single(result.Failures!);
        Assert.Equal((1, FailureKind.Transient), (failure.Index, failure.Kind));
    }

    [Fact]
    public async Task Probe_asks_for_the_stream_and_leaves_nothing()
    {
        await Connect().ProbeAsync(Cancellation);

        Assert.Equal(["DescribeLogStreams"], Fake.Actions);
        Assert.Equal($$"""{"logGroupName":"{{Group}}","logStreamNamePrefix":"{{Stream}}","limit":1}""", Fake.Requests[0].Text);
        Assert.Empty(Fake.Violations);
    }

    [Fact]
    public async Task Probe_tells_of_a_missing_group_only_where_it_will_not_be_created()
    {
        Fake.Groups.Clear();

        await Connect().ProbeAsync(Cancellation);

        await Assert.ThrowsAsync<HttpRequestException>(() => Connect(""","create_group":false""").ProbeAsync(Cancellation).AsTask());
    }

    [Fact]
    public async Task Probe_with_a_key_that_may_not_ask_has_reached_AWS()
    {
        Fake.Denied = new HashSet<string> { "DescribeLogStreams" };
        await Connect().ProbeAsync(Cancellation);

        Fake.Keys = Fake.Keys with { SecretAccessKey = "another" };
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => Connect().ProbeAsync(Cancellation).AsTask());
        Assert.Contains("secret access key", refused.Message, StringComparison.Ordinal);
    }

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);

    private static string Id(int request) => $"00000000-0000-4000-8000-{request:D12}";
}
