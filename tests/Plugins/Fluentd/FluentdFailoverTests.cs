using AuditHost.Fakes.Fluentd;
using AuditHost.Plugins.Tests.Files;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Fluentd;

public sealed class FluentdFailoverTests : IDisposable
{
    private readonly ManualClock _time = new(new DateTimeOffset(2026, 11, 23, 20, 0, 0, TimeSpan.Zero));
    private readonly TestPluginContext _context;

    public FluentdFailoverTests() => _context = new TestPluginContext(time: _time);

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Fact]
    public async Task An_input_that_is_away_is_passed_over()
    {
        var away = new ForwardInput();
        await using var second = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(_context, $"""["{away.Address}","{second.Address}"]""");
        await away.DisposeAsync();

        await connector.ProbeAsync(Cancelled);
        DeliveryResult result = await connector.SendAsync(FluentdTest.Batch(2), Cancelled);

        Assert.True(result.IsDelivered);
        Assert.Equal(2, second.Count);
    }

    [Fact]
    public async Task An_input_that_does_not_acknowledge_rests_and_is_tried_again()
    {
        await using var first = new ForwardInput();
        await using var second = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(_context, $"""["{first.Address}","{second.Address}"]""");
        first.AcknowledgeNext(AckManner.Closes);
        second.AcknowledgeNext(AckManner.Acknowledges, AckManner.Closes);

        await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(FluentdTest.Batch(1), Cancelled));
        Assert.True((await connector.SendAsync(FluentdTest.Batch(2), Cancelled)).IsDelivered);
        Assert.Equal((1, 2), (first.Count, second.Count));

        // The first one's rest is over when the second fails.
        _time.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(FluentdTest.Batch(1), Cancelled));
        Assert.True((await connector.SendAsync(FluentdTest.Batch(3), Cancelled)).IsDelivered);
        Assert.Equal((4, 3), (first.Count, second.Count));
    }

    [Fact]
    public async Task An_input_that_refuses_is_passed_over_for_one_that_does_not()
    {
        await using var stranger = new ForwardInput { Security = new InputSecurity("another") };
        await using var own = new ForwardInput { Security = new InputSecurity("key") };
        await using IConnector connector = FluentdTest.Create(_context, $"""["{stranger.Address}","{own.Address}"]""", ""","shared_key":"key" """);

        Assert.True((await connector.SendAsync(FluentdTest.Batch(2), Cancelled)).IsDelivered);
    }
}
