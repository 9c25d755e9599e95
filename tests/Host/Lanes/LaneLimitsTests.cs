using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Lanes;
using AuditHost.Sdk;

namespace AuditHost.Tests.Lanes;

public sealed class LaneLimitsTests
{
    [Theory]
    [InlineData(null, 8, 100, 8)]
    [InlineData(3, 8, 100, 3)]
    [InlineData(20, 8, 100, 8)]
    [InlineData(null, 8, 5, 5)]
    [InlineData(6, 8, 1, 1)]
    public void Batches_under_way_stay_within_wish_connector_and_share(int? wished, int connector, int share, int expected) =>
        Assert.Equal(expected, LaneLimits.Of(Options with { MaxInFlight = wished }, Info(connector), share).MaxInFlight);

    [Fact]
    public void Where_order_is_asked_one_batch_is_under_way() =>
        Assert.Equal(1, LaneLimits.Of(Options with { Ordered = true, MaxInFlight = 4 }, Info(8), 100).MaxInFlight);

    private static DestinationOptions Options => new()
    {
        Name = "d", Section = "siem", Type = "scripted", Enabled = true, Location = new SourceLocation("site.yaml", 1, 1),
    };

    private static ConnectorInfo Info(int concurrency) => new("scripted", "For tests.") { MaxConcurrency = concurrency };
}
