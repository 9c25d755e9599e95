using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Tests.Configuration;

public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("22:00", "06:00", "2026-11-24T21:59:59Z", false)]
    [InlineData("22:00", "06:00", "2026-11-24T22:00:00Z", true)]
    [InlineData("22:00", "06:00", "2026-11-25T05:59:59Z", true)]
    [InlineData("22:00", "06:00", "2026-11-25T06:00:00Z", false)]
    [InlineData("12:00", "13:00", "2026-11-24T12:30:00Z", true)]
    [InlineData("12:00", "13:00", "2026-11-24T13:00:00Z", false)]
    [InlineData("08:00", "08:00", "2026-11-24T03:00:00Z", true)]
    public void They_begin_and_end_by_the_clock(string from, string to, string moment, bool quiet) =>
        Assert.Equal(quiet, Hours(from, to).Hold(Severity.High, DateTimeOffset.Parse(moment)));

    [Theory]
    [InlineData("2026-11-28T23:00:00Z", true)] // a Saturday
    [InlineData("2026-11-29T05:00:00Z", true)] // the morning after it
    [InlineData("2026-11-29T23:00:00Z", false)]
    [InlineData("2026-11-28T05:00:00Z", false)]
    public void Days_are_those_on_which_they_begin(string moment, bool quiet) =>
        Assert.Equal(quiet, (Hours("22:00", "06:00") with { Days = [DayOfWeek.Saturday] }).Hold(Severity.High, DateTimeOffset.Parse(moment)));

    [Fact]
    public void The_clock_is_that_of_the_zone()
    {
        QuietHours hours = Hours("22:00", "06:00") with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };

        Assert.True(hours.Hold(Severity.High, DateTimeOffset.Parse("2026-11-24T21:30:00Z")));
        Assert.False(hours.Hold(Severity.High, DateTimeOffset.Parse("2026-11-25T05:30:00Z")));
    }

    [Theory]
    [InlineData(Severity.Info, true)]
    [InlineData(Severity.High, true)]
    [InlineData(Severity.Critical, false)]
    public void What_is_excepted_is_not_held(Severity severity, bool held) =>
        Assert.Equal(held, (Hours("00:00", "00:00") with { Except = Severity.Critical }).Hold(severity, DateTimeOffset.UnixEpoch));

    private static QuietHours Hours(string from, string to) => new(TimeOnly.Parse(from), TimeOnly.Parse(to), [], TimeZoneInfo.Utc, Except: null);
}
