using AuditHost.PluginKit.Http;

namespace AuditHost.Tests.Webhook;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData(" 120 ", 120)]
    [InlineData("900", 900)]
    [InlineData("901", 900)]
    [InlineData("2147483648", 900)]
    [InlineData("99999999999999999999999999", 900)]
    [InlineData("Tue, 24 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("Tue, 24 Nov 2026 11:00:00 GMT", 0)]
    [InlineData("Tue, 24 Nov 2026 13:00:00 GMT", 900)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 900)]
    public void A_wait_is_read_and_has_a_limit(string value, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(value, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("soon")]
    [InlineData("5, 10")]
    [InlineData("٧")]
    [InlineData("2026-11-24T12:00:30Z")]
    [InlineData("Mon, 24 Nov 2026 12:00:30 GMT")]
    public void What_makes_no_sense_counts_as_not_said(string? value) => Assert.Null(RetryAfter.Parse(value, Now));

    [Theory]
    [InlineData("-5", null)]
    [InlineData("99999999999", 900)]
    [InlineData("5", 5)]
    public void The_header_is_read_as_it_came(string value, int? seconds)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", value);

        Assert.Equal(seconds, (int?)RetryAfter.Of(response, TimeProvider.System)?.TotalSeconds);
    }

    [Fact]
    public void No_header_is_no_wait()
    {
        using var response = new HttpResponseMessage();

        Assert.Null(RetryAfter.Of(response, TimeProvider.System));
    }
}
