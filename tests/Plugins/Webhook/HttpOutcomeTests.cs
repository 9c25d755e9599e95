using System.Net;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Tests.Webhook;

public sealed class HttpOutcomeTests
{
    public static TheoryData<int, FailureKind?> Statuses { get; } = new(
        from row in new (FailureKind? Kind, int[] Statuses)[]
        {
            (null, [200, 201, 202, 204, 206, 207, 260, 299]),
            (FailureKind.Misconfigured, [300, 301, 302, 303, 304, 307, 308, 399]),
            (FailureKind.Misconfigured, [401, 402, 403, 404, 405, 406, 407, 410, 411, 414, 415, 426, 431, 501, 505]),
            (FailureKind.Transient, [408, 421, 423, 425, 500, 502, 503, 504, 507, 520, 599]),
            (FailureKind.Throttled, [429]),
            (FailureKind.TooLarge, [413]),
            (FailureKind.Rejected, [400, 409, 412, 418, 422, 424, 428, 451, 499]),
            (FailureKind.Misconfigured, [600, 999]),
        }
        from status in row.Statuses
        select (status, row.Kind));

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task A_status_stands_for_a_kind_of_failure(int status, FailureKind? expected)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);

        DeliveryResult result = await ReadAsync(response);

        Assert.Equal(expected ?? 0, result.Kind);
        Assert.Equal(status, result.Status);
        Assert.Equal(expected is null, result.IsDelivered);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_wait_that_the_destination_asks_for_is_passed_on(int status)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        response.Headers.TryAddWithoutValidation("Retry-After", "12");

        DeliveryResult result = await ReadAsync(response);

        Assert.Equal(FailureKind.Throttled, result.Kind);
        Assert.Equal(TimeSpan.FromSeconds(12), result.RetryAfter);
    }

    [Fact]
    public async Task A_redirect_names_the_host_of_its_target_and_nothing_else_of_it()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TemporaryRedirect);
        response.Headers.Location = new Uri("https://user:canary@elsewhere.example/canary?session=canary");

        DeliveryResult result = await ReadAsync(response);

        Assert.Contains("to elsewhere.example,", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reason_is_free_of_what_the_destination_wrote()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.BadRequest)
        {
            ReasonPhrase = "canary",
            Content = new StringContent("the canary"),
        };

        DeliveryResult result = await ReadAsync(response);

        Assert.Equal("HTTP 400", result.Reason);
        Assert.Equal("the canary", result.Response);
    }

    private static ValueTask<DeliveryResult> ReadAsync(HttpResponseMessage response) =>
        HttpOutcome.ReadAsync(response, TimeProvider.System, TestContext.Current.CancellationToken);
}
