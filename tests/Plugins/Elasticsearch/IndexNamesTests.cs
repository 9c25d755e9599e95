using System.Globalization;
using System.Text;
using AuditHost.Connectors.Elasticsearch;

namespace AuditHost.Plugins.Tests.Elasticsearch;

public sealed class IndexNamesTests
{
    [Theory]
    [InlineData(IndexRotation.Daily, "2026-03-31T23:59:59Z", "audit-2026-03-31")]
    [InlineData(IndexRotation.Daily, "2026-04-01T01:00:00+02:00", "audit-2026-03-31")]
    [InlineData(IndexRotation.Daily, "0001-01-01T00:00:00Z", "audit-0001-01-01")]
    [InlineData(IndexRotation.Weekly, "2026-03-31T12:00:00Z", "audit-2026-w14")]
    [InlineData(IndexRotation.Weekly, "2027-01-01T00:00:00Z", "audit-2026-w53")]
    [InlineData(IndexRotation.Weekly, "2024-12-30T00:00:00Z", "audit-2025-w01")]
    [InlineData(IndexRotation.Weekly, "2026-01-04T23:59:59Z", "audit-2026-w01")]
    [InlineData(IndexRotation.Weekly, "9999-12-31T23:59:59Z", "audit-9999-w52")]
    [InlineData(IndexRotation.Monthly, "2026-03-31T12:00:00Z", "audit-2026-03")]
    [InlineData(IndexRotation.None, "2026-03-31T12:00:00Z", "audit")]
    public void The_index_follows_from_the_events_own_date(IndexRotation rotation, string time, string expected)
    {
        byte[] name = new byte[IndexName.MaxBytes];

        int length = new IndexNames("audit", rotation).Write(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), name);

        Assert.Equal(expected, Encoding.ASCII.GetString(name, 0, length));
    }

    [Theory]
    [InlineData(IndexRotation.Daily, "audit-*")]
    [InlineData(IndexRotation.Weekly, "audit-*")]
    [InlineData(IndexRotation.Monthly, "audit-*")]
    [InlineData(IndexRotation.None, "audit")]
    public void A_pattern_stands_for_all_of_them(IndexRotation rotation, string expected) =>
        Assert.Equal(expected, new IndexNames("audit", rotation).Pattern);
}
