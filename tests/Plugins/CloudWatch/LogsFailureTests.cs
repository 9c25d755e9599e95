using AuditHost.Fakes;
using AuditHost.Fakes.CloudWatch;
using AuditHost.Plugins.Tests.Files;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.CloudWatch;

public sealed class LogsFailureTests : CloudWatchTest
{
    [Theory]
    [InlineData(200, """{"status":"ok"}""")]
    [InlineData(200, "{}")]
    [InlineData(202, "{}")]
    public async Task Success_that_is_not_of_aws_delivers_nothing(int status, string body)
    {
        Fake.FailNext(new FakeAnswer(status, body));

        DeliveryResult result = await Connect().SendAsync(Batch("a", "b"), Cancellation);

        Assert.Equal((FailureKind.Misconfigured, status), (result.Kind, result.Status));
        Assert.Contains("Check the endpoint", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Success_of_another_status_than_200_delivers_nothing_whoever_gave_it()
    {
        Fake.FailNext(new FakeAnswer(202, "{}").With("x-amzn-RequestId", "1"));

        Assert.Equal(FailureKind.Misconfigured, (await Connect().SendAsync(Batch("a"), Cancellation)).Kind);
    }

    [Fact]
    public async Task Probe_is_not_content_with_a_web_server()
    {
        Fake.FailNext(new FakeAnswer(200, "{}"));

        await Assert.ThrowsAsync<HttpRequestException>(() => Connect().ProbeAsync(Cancellation).AsTask());
    }

    /// <summary>Nearly all of them are HTTP 400.</summary>
    [Theory]
    [InlineData("ThrottlingException", 400, FailureKind.Throttled)]
    [InlineData("Throttling", 400, FailureKind.Throttled)]
    [InlineData("ThrottledException", 400, FailureKind.Throttled)]
    [InlineData("RequestThrottled", 400, FailureKind.Throttled)]
    [InlineData("RequestThrottledException", 400, FailureKind.Throttled)]
    [InlineData("RequestLimitExceeded", 503, FailureKind.Throttled)]
    [InlineData("BandwidthLimitExceeded", 503, FailureKind.Throttled)]
    [InlineData("ProvisionedThroughputExceededException", 400, FailureKind.Throttled)]
    [InlineData("TooManyRequestsException", 429, FailureKind.Throttled)]
    [InlineData("SlowDown", 503, FailureKind.Throttled)]
    [InlineData("PriorRequestNotComplete", 400, FailureKind.Throttled)]
    [InlineData("TransactionInProgressException", 400, FailureKind.Throttled)]
    [InlineData("EC2ThrottledException", 503, FailureKind.Throttled)]
    [InlineData("ServiceUnavailableException", 500, FailureKind.Transient)]
    [InlineData("ServiceUnavailable", 503, FailureKind.Transient)]
    [InlineData("InternalFailure", 500, FailureKind.Transient)]
    [InlineData("InternalServerError", 500, FailureKind.Transient)]
    [InlineData("InternalServerException", 500, FailureKind.Transient)]
    [InlineData("InternalError", 500, FailureKind.Transient)]
    [InlineData("RequestTimeout", 400, FailureKind.Transient)]
    [InlineData("RequestTimeoutException", 400, FailureKind.Transient)]
    [InlineData("OperationAbortedException", 400, FailureKind.Transient)]
    [InlineData("RequestAbortedException", 400, FailureKind.Transient)]
    [InlineData("RequestExpired", 400, FailureKind.Transient)]
    [InlineData("AccessDeniedException", 400, FailureKind.Misconfigured)]
    [InlineData("AccessDenied", 403, FailureKind.Misconfigured)]
    [InlineData("UnauthorizedOperation", 403, FailureKind.Misconfigured)]
    [InlineData("NotAuthorized", 400, FailureKind.Misconfigured)]
    [InlineData("OptInRequired", 403, FailureKind.Misconfigured)]
    [InlineData("UnrecognizedClientException", 400, FailureKind.Misconfigured)]
    [InlineData("InvalidClientTokenId", 403, FailureKind.Misconfigured)]
    [InlineData("InvalidAccessKeyId", 403, FailureKind.Misconfigured)]
    [InlineData("MissingAuthenticationToken", 403, FailureKind.Misconfigured)]
    [InlineData("MissingAuthenticationTokenException", 400, FailureKind.Misconfigured)]
    [InlineData("AuthFailure", 400, FailureKind.Misconfigured)]
    [InlineData("ExpiredTokenException", 400, FailureKind.Misconfigured)]
    [InlineData("ExpiredToken", 403, FailureKind.Misconfigured)]
    [InlineData("InvalidSignatureException", 400, FailureKind.Misconfigured)]
    [InlineData("SignatureDoesNotMatch", 403, FailureKind.Misconfigured)]
    [InlineData("IncompleteSignature", 400, FailureKind.Misconfigured)]
    [InlineData("IncompleteSignatureException", 400, FailureKind.Misconfigured)]
    [InlineData("RequestTimeTooSkewed", 403, FailureKind.Misconfigured)]
    [InlineData("RequestInTheFuture", 403, FailureKind.Misconfigured)]
    [InlineData("InvalidOperationException", 400, FailureKind.Misconfigured)]
    [InlineData("LimitExceededException", 400, FailureKind.Misconfigured)]
    [InlineData("InvalidSequenceTokenException", 400, FailureKind.Misconfigured)]
    [InlineData("UnknownOperationException", 404, FailureKind.Misconfigured)]
    [InlineData("UnknownError", 400, FailureKind.Misconfigured)]
    [InlineData("InvalidAction", 400, FailureKind.Misconfigured)]
    [InlineData("MalformedHttpRequestException", 400, FailureKind.Misconfigured)]
    [InlineData("InvalidParameterException", 400, FailureKind.Rejected)]
    [InlineData("InvalidParameterValue", 400, FailureKind.Rejected)]
    [InlineData("InvalidParameterCombination", 400, FailureKind.Rejected)]
    [InlineData("ValidationException", 400, FailureKind.Rejected)]
    [InlineData("ValidationError", 400, FailureKind.Rejected)]
    [InlineData("SerializationException", 400, FailureKind.Rejected)]
    [InlineData("RequestEntityTooLargeException", 413, FailureKind.TooLarge)]
    [InlineData("RequestEntityTooLarge", 413, FailureKind.TooLarge)]
    [InlineData("SomethingNewException", 400, FailureKind.Transient)]
    public async Task Error_has_a_kind(string code, int status, FailureKind kind)
    {
        Fake.FailNext(FakeCloudWatchLogs.Error(code, "something", status).With("Date", Now.ToString("r")));

        DeliveryResult result = await Connect().SendAsync(Batch("a", "b"), Cancellation);

        Assert.Equal(kind, result.Kind);
        Assert.Equal(status, result.Status);
        Assert.Contains(code, result.Response, StringComparison.Ordinal);
        Assert.DoesNotContain("something", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Upload too large: 1048832 bytes exceeds limit of 1048576", FailureKind.TooLarge)]
    [InlineData("Log event too large: 262170 bytes exceeds limit of 262144", FailureKind.TooLarge)]
    [InlineData("1 validation error detected: Value 'x y' at 'logGroupName' failed to satisfy constraint", FailureKind.Misconfigured)]
    [InlineData("1 validation error detected: Value 'a:b' at 'logStreamName' failed to satisfy constraint", FailureKind.Misconfigured)]
    [InlineData("Log events in a single PutLogEvents request must be in chronological order.", FailureKind.Rejected)]
    public async Task Invalid_parameter_is_told_apart_by_its_message(string message, FailureKind kind)
    {
        Fake.FailNext(FakeCloudWatchLogs.Error("InvalidParameterException", message));

        Assert.Equal(kind, (await Connect().SendAsync(Batch("a", "b"), Cancellation)).Kind);
    }

    [Theory]
    [InlineData("""{"__type":"com.amazonaws.logs#ThrottlingException","message":"Rate exceeded"}""", null)]
    [InlineData("""{"__type":"ThrottlingException:http://internal.amazon.com/coral/com.amazon.coral.service/","message":"Rate exceeded"}""", null)]
    [InlineData("""{"code":"ThrottlingException"}""", null)]
    [InlineData("""{"Message":"Rate exceeded"}""", "ThrottlingException:http://internal.amazon.com/coral/com.amazon.coral.availability/")]
    [InlineData("", "ThrottlingException")]
    [InlineData("<html>", "ThrottlingException")]
    [InlineData("""{"__type":"ThrottlingException","mess""", null)]
    public async Task Name_of_an_error_is_found_wherever_it_stands(string body, string? header)
    {
        var answer = new FakeAnswer(400, body, "application/x-amz-json-1.1");
        Fake.FailNext(header is null ? answer : answer.With("x-amzn-ErrorType", header));

        Assert.Equal(FailureKind.Throttled, (await Connect().SendAsync(Batch("a"), Cancellation)).Kind);
    }

    [Theory]
    [InlineData(301, FailureKind.Misconfigured)]
    [InlineData(400, FailureKind.Rejected)]
    [InlineData(403, FailureKind.Misconfigured)]
    [InlineData(404, FailureKind.Misconfigured)]
    [InlineData(413, FailureKind.TooLarge)]
    [InlineData(429, FailureKind.Throttled)]
    [InlineData(500, FailureKind.Transient)]
    [InlineData(503, FailureKind.Transient)]
    public async Task Status_decides_where_no_error_is_named(int status, FailureKind kind)
    {
        Fake.FailNext(new FakeAnswer(status, "<html>proxy</html>", "text/html"));

        Assert.Equal(kind, (await Connect().SendAsync(Batch("a", "b"), Cancellation)).Kind);
    }

    /// <summary>The clock is five minutes off and more, which AWS calls a wrong signature.</summary>
    [Theory]
    [InlineData(-6, "behind")]
    [InlineData(6, "ahead")]
    public async Task Wrong_clock_is_named_with_its_skew(int minutes, string direction)
    {
        using var context = new TestPluginContext(time: new ManualClock(Now.AddMinutes(minutes)));

        DeliveryResult result = await Connect(context: context).SendAsync(Batch("a"), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains($"clock is 0.00:06:00 (days.hours:minutes:seconds) {direction}", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_secret_is_not_taken_for_a_wrong_clock()
    {
        Fake.Keys = Fake.Keys with { SecretAccessKey = "another" };

        DeliveryResult result = await Connect().SendAsync(Batch("a"), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("secret access key", result.Reason, StringComparison.Ordinal);
    }
}
