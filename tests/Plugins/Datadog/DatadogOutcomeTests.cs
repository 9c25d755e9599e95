using AuditHost.Fakes;
using AuditHost.Fakes.Datadog;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Datadog;

/// <summary>What the answers of each API mean.</summary>
public sealed class DatadogOutcomeTests : DatadogTest
{
    public static TheoryData<string, int, FailureKind> Statuses
    {
        get
        {
            var data = new TheoryData<string, int, FailureKind>();
            foreach (string send in new[] { "\"logs\"", "\"metrics\"" })
            {
                data.Add(send, 400, FailureKind.Rejected);
                data.Add(send, 401, FailureKind.Misconfigured);
                data.Add(send, 403, FailureKind.Misconfigured);
                data.Add(send, 404, FailureKind.Misconfigured);
                data.Add(send, 408, FailureKind.Transient);
                data.Add(send, 413, FailureKind.TooLarge);
                data.Add(send, 415, FailureKind.Misconfigured);
                data.Add(send, 429, FailureKind.Throttled);
                data.Add(send, 500, FailureKind.Transient);
                data.Add(send, 502, FailureKind.Transient);
                data.Add(send, 503, FailureKind.Transient);
                data.Add(send, 302, FailureKind.Misconfigured);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Each_status_stands_for_a_kind_of_failure(string send, int status, FailureKind expected)
    {
        Fake.FailNext(FakeDatadog.Failure(status, "the vendor's text"));
        await using IConnector connector = Create(send);

        DeliveryResult result = await connector.SendAsync(Batch(3), Cancellation);

        Assert.Equal((expected, status), (result.Kind, result.Status));
        Assert.Contains("the vendor's text", result.Response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"logs\"", "")]
    [InlineData("\"logs\"", "[]")]
    [InlineData("\"logs\"", "<html>sign in</html>")]
    [InlineData("\"metrics\"", "")]
    [InlineData("\"metrics\"", "{}")]
    [InlineData("\"metrics\"", """{"status":"ok"}""")]
    [InlineData("\"metrics\"", "{\"errors\":[")]
    [InlineData("\"events\"", "{}")]
    [InlineData("\"events\"", """{"status":"queued"}""")]
    public async Task Accepted_without_the_word_for_it_is_no_delivery(string send, string body)
    {
        Fake.FailNext(new FakeAnswer(202, body));
        await using IConnector connector = Create(send);

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(FailureKind.Transient, result.Kind);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(204)]
    public async Task Another_success_is_not_Datadogs(int status)
    {
        Fake.FailNext(new FakeAnswer(status, status == 204 ? string.Empty : """{"errors":[]}"""));
        await using IConnector connector = Create("\"metrics\"");

        Assert.Equal(FailureKind.Misconfigured, (await connector.SendAsync(Batch(1), Cancellation)).Kind);
    }

    [Theory]
    [InlineData("\"logs\"")]
    [InlineData("\"metrics\"")]
    public async Task Accepted_with_errors_is_nothing_that_may_come_again(string send)
    {
        Fake.FailNext(new FakeAnswer(202, """{"errors":["some points were bad"]}"""));
        await using IConnector connector = Create(send);

        DeliveryResult result = await connector.SendAsync(Batch(3), Cancellation);

        Assert.Equal([0, 1, 2], result.Failures!.Select(failure => failure.Index));
        Assert.All(result.Failures!, failure => Assert.Equal((FailureKind.Rejected, 202), (failure.Kind, failure.Status)));
        Assert.All(result.Failures!, failure => Assert.Contains("some points were bad", failure.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_of_another_site_is_a_matter_of_settings()
    {
        await using IConnector connector = Create("\"metrics\"", $",\"api_key\":\"{FakeDatadog.ForeignKey}\"");

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("belongs to one site", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeDatadog.ForeignKey, result.Reason + result.Response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Retry-After", "12", 12)]
    [InlineData("X-RateLimit-Reset", "9", 9)]
    public async Task A_wait_is_passed_on(string header, string value, int seconds)
    {
        Fake.FailNext(FakeDatadog.Failure(429, "Too many requests").With(header, value));
        await using IConnector connector = Create("\"logs\"");

        Assert.Equal(TimeSpan.FromSeconds(seconds), (await connector.SendAsync(Batch(1), Cancellation)).RetryAfter);
    }

    [Fact]
    public async Task An_event_of_the_stream_that_is_refused_dies_alone()
    {
        Fake.InterceptNext(static _ => null);
        Fake.FailNext(FakeDatadog.Failure(400, "Invalid"));
        await using IConnector connector = Create("\"events\"");

        DeliveryResult result = await connector.SendAsync(Batch(3), Cancellation);

        Assert.Equal((1, FailureKind.Rejected, 400), (Assert.Single(result.Failures!).Index, result.Failures![0].Kind, result.Failures[0].Status));
        Assert.Equal(2, Fake.Events.Count);
    }
}
