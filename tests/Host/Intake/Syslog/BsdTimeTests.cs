using System.Globalization;
using System.Text;
using AuditHost.Intake.Syslog;

namespace AuditHost.Tests.Intake.Syslog;

public sealed class BsdTimeTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.CreateCustomTimeZone("b", TimeSpan.FromHours(1), "b", "b");

    [Theory]
    [InlineData("Nov 26 22:00:00", "2026-11-26T22:00:00+01:00", "2026-11-26T22:00:00+01:00")]
    [InlineData("Nov  6 05:00:00", "2026-11-26T22:00:00+01:00", "2026-11-06T05:00:00+01:00")]
    [InlineData("Dec 31 23:59:59", "2027-01-01T00:00:05+01:00", "2026-12-31T23:59:59+01:00")]
    [InlineData("Jan  1 00:00:01", "2026-12-31T23:59:58+01:00", "2027-01-01T00:00:01+01:00")]
    [InlineData("Feb 29 12:00:00", "2028-03-01T00:00:00+01:00", "2028-02-29T12:00:00+01:00")]
    public void Year_is_the_one_that_is_nearest(string text, string now, string expected)
    {
        Assert.True(BsdTime.TryParse(Encoding.ASCII.GetBytes(text), Time(now), Berlin, out DateTimeOffset time));
        Assert.Equal(Time(expected), time);
    }

    [Theory]
    [InlineData("Feb 30 12:00:00")]
    [InlineData("Foo 11 12:00:00")]
    [InlineData("Nov 11 25:00:00")]
    [InlineData("Feb 29 12:00:00")]
    public void Time_that_there_is_not_is_none(string text) =>
        Assert.False(BsdTime.TryParse(Encoding.ASCII.GetBytes(text), Time("2026-06-01T00:00:00Z"), Berlin, out _));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
