using AuditHost.Fakes.Datadog;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Datadog;

/// <summary>What Datadog would cut or drop with a 202.</summary>
public sealed class DatadogLimitTests : DatadogTest
{
    [Fact]
    public async Task A_request_has_a_thousand_logs()
    {
        await using IConnector connector = Create("\"logs\"");

        DeliveryResult result = await connector.SendAsync(Batch(2500), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(Fake.Violations);
        Assert.Equal((3, 2500), (Fake.Requests.Count, Fake.LogCount));
    }

    [Fact]
    public async Task A_request_has_five_megabytes()
    {
        await using IConnector connector = Create("\"logs\"");

        DeliveryResult result = await connector.SendAsync(Batch(13, $"\"padding\":\"{new string('x', 950_000)}\""), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(Fake.Violations);
        Assert.Equal((3, 13), (Fake.Requests.Count, Fake.LogCount));
    }

    [Fact]
    public async Task A_log_that_would_be_cut_is_too_large_and_counts_nowhere()
    {
        EventBatch small = Batch(2);
        EventBatch large = Batch(1, $"\"padding\":\"{new string('x', 1_000_000)}\"", first: 3);
        var batch = new EventBatch(new[] { small[0], large[0], small[1] }, default, "application/json");
        await using IConnector connector = Create("\"logs\",\"metrics\"");

        DeliveryResult result = await connector.SendAsync(batch, Cancellation);

        Assert.Equal((1, FailureKind.TooLarge), (Assert.Single(result.Failures!).Index, result.Failures![0].Kind));
        Assert.Empty(Fake.Violations);
        Assert.Equal(2, Fake.LogCount);
        Assert.Equal(2, Fake.Metrics.Sum("copybook.audit.events"));
    }

    [Theory]
    [InlineData("\"logs\"", -18)]
    [InlineData("\"logs\"", 2)]
    [InlineData("\"events\"", -18)]
    [InlineData("\"events\"", 2)]
    public async Task What_would_be_dropped_is_refused(string send, int hours)
    {
        await using IConnector connector = Create(send);

        DeliveryResult result = await connector.SendAsync(Batch(2, time: Time.GetUtcNow().AddHours(hours)), Cancellation);

        Assert.All(result.Failures!, failure => Assert.Equal(FailureKind.Rejected, failure.Kind));
        Assert.Equal(2, result.Failures!.Count);
        Assert.Contains("old_events: restamp", result.Failures[0].Reason, StringComparison.Ordinal);
        Assert.Empty(Fake.Requests);
    }

    [Theory]
    [InlineData(-17)]
    [InlineData(1)]
    public async Task What_is_timely_keeps_its_time(int hours)
    {
        await using IConnector connector = Create("\"logs\"");
        DateTimeOffset time = Time.GetUtcNow().AddHours(hours);

        Assert.True((await connector.SendAsync(Batch(1, time: time), Cancellation)).IsDelivered);

        Assert.Equal(time, Assert.Single(Fake.Logs).Time);
    }

    [Fact]
    public async Task What_is_restamped_has_its_time_as_an_attribute()
    {
        await using IConnector connector = Create("\"logs\",\"events\"", ""","old_events":"restamp" """);

        DeliveryResult result = await connector.SendAsync(Batch(1, time: Time.GetUtcNow().AddDays(-30)), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(Fake.Violations);
        TakenLog log = Assert.Single(Fake.Logs);
        Assert.Equal((Time.GetUtcNow(), "2026-10-24T20:00:00.0000000Z"), (log.Time, log.Text("event_time")));
        Assert.Null(Assert.Single(Fake.Events).Text("date_happened"));
    }

    [Fact]
    public async Task Metrics_are_counted_when_they_are_sent_however_old_the_events_are()
    {
        await using IConnector connector = Create("\"metrics\"");

        Assert.True((await connector.SendAsync(Batch(5, time: Time.GetUtcNow().AddDays(-30)), Cancellation)).IsDelivered);

        Assert.Empty(Fake.Violations);
        Assert.Equal(5, Fake.Metrics.Sum("copybook.audit.events"));
    }
}
