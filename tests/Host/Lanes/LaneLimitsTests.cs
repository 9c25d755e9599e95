using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Lanes;
using AuditHost.Sdk;

namespace AuditHost.Tests.Lanes;

public sealed class LaneLimitsTests
{
    [Theory]
    [InlineData(null, 8, 1, 100, 8)]
    [InlineData(3, 8, 1, 100, 3)]
    [InlineData(20, 8, 1, 100, 8)]
    [InlineData(null, 8, 2, 10, 5)]
    [InlineData(6, 8, 10, 10, 1)]
    [InlineData(6, 8, 11, 10, 1)]
    [InlineData(null, 8, 0, 100, 8)]
    public void Batches_under_way_stay_within_wish_connector_and_share(int? wished, int connector, int destinations, int deliveries, int expected) =>
        Assert.Equal(expected, LaneLimits.Of(Options with { MaxInFlight = wished }, Info(connector), destinations, deliveries).MaxInFlight);

    [Theory]
    [InlineData(null, 1 << 20, 10, 4)]
    [InlineData(null, 1 << 20, 20, 2)]
    [InlineData(null, 1 << 20, 100, 1)]
    [InlineData(null, 64 << 20, 1, 1)]
    [InlineData(null, 256 << 10, 20, 4)]
    [InlineData(3, 1 << 20, 20, 3)]
    public void Many_destinations_have_fewer_large_batches_under_way_unless_the_site_asks_for_more(int? wished, int batchBytes, int destinations, int expected) =>
        Assert.Equal(expected, LaneLimits.Of(Options with { MaxInFlight = wished }, Info(4) with { MaxBatchBytes = batchBytes }, destinations, 1000).MaxInFlight);

    [Fact]
    public void Where_order_is_asked_one_batch_is_under_way() =>
        Assert.Equal(1, LaneLimits.Of(Options with { Ordered = true, MaxInFlight = 4 }, Info(8), 1, 100).MaxInFlight);

    private static DestinationOptions Options => new()
    {
        Name = "d", Section = "siem", Type = "scripted", Enabled = true, Location = new SourceLocation("site.yaml", 1, 1),
    };

    private static ConnectorInfo Info(int concurrency) => new("scripted", "For tests.") { MaxConcurrency = concurrency };
}
