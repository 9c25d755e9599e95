using AuditHost.Connectors.Datadog;
using AuditHost.Fakes;
using AuditHost.Fakes.Datadog;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Datadog;

/// <summary>What comes again after a failure, and what does not.</summary>
public sealed class DatadogRetryTests : DatadogTest
{
    private const string All = "\"logs\",\"events\",\"metrics\"";

    private static readonly FakeAnswer Broken = new(500, "broken");

    [Fact]
    public async Task What_one_intake_has_taken_is_not_sent_to_it_again()
    {
        await using IConnector connector = Create("\"logs\",\"metrics\"");
        Fake.InterceptNext(static _ => null);
        Fake.FailNext(Broken);
        EventBatch batch = Batch(3);

        DeliveryResult first = await connector.SendAsync(batch, Cancellation);
        DeliveryResult second = await connector.SendAsync(batch, Cancellation);

        Assert.Equal(FailureKind.Transient, first.Kind);
        Assert.True(second.IsDelivered, second.Reason);
        Assert.Equal((1, 2), (RequestsTo(FakeDatadog.LogsPath), RequestsTo(FakeDatadog.SeriesPath)));
        Assert.Equal(3, Fake.LogCount);
        Assert.Equal(3, Fake.Metrics.Sum("copybook.audit.events"));
    }

    [Fact]
    public async Task Each_event_is_sent_once_wherever_a_batch_breaks_and_however_it_is_cut_then()
    {
        const int Count = 4;
        int requests = 2 + Count;
        for (int broken = 0; broken < requests; broken++)
        {
            await using IConnector connector = Create(All, $",\"metric_prefix\":\"p{broken}\"");
            EventBatch batch = Batch(Count, first: 1 + (broken * Count));
            for (int i = 0; i < broken; i++)
                Fake.InterceptNext(static _ => null);
            Fake.FailNext(Broken);
            int logs = Fake.Logs.Count;
            int events = Fake.Events.Count;

            Assert.False((await connector.SendAsync(batch, Cancellation)).IsDelivered);
            Assert.True((await connector.SendAsync(Part(batch, 0, 1), Cancellation)).IsDelivered);
            Assert.True((await connector.SendAsync(Part(batch, 1, Count - 1), Cancellation)).IsDelivered);

            Assert.Equal((Count, Count), (Fake.Logs.Count - logs, Fake.Events.Count - events));
            Assert.Equal(Count, Fake.Metrics.Sum($"p{broken}.audit.events"));
        }

        Assert.Empty(Fake.Violations);
    }

    [Fact]
    public async Task A_batch_whose_answer_got_lost_counts_once()
    {
        await using IConnector connector = Create("\"metrics\"");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        EventBatch batch = Batch(3);
        Fake.InterceptNext(_ =>
        {
            deadline.Cancel();
            return null;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await connector.SendAsync(batch, deadline.Token));
        DeliveryResult second = await connector.SendAsync(batch, Cancellation);

        Assert.True(second.IsDelivered, second.Reason);
        Assert.Equal(3, Fake.Metrics.Sum("copybook.audit.events"));
        Assert.Equal(Fake.Requests[0].Text, Fake.Requests[1].Text);
        Assert.Empty(Fake.Violations);
    }

    [Fact]
    public async Task A_batch_that_comes_again_after_an_hour_gets_a_second_that_Datadog_takes()
    {
        await using IConnector connector = Create("\"metrics\"");
        EventBatch batch = Batch(3);
        Fake.FailNext(Broken);

        await connector.SendAsync(batch, Cancellation);
        Time.Advance(TimeSpan.FromHours(2));
        await connector.SendAsync(batch, Cancellation);

        Assert.Empty(Fake.Violations);
        Assert.Equal(3, Fake.Metrics.Sum("copybook.audit.events"));
    }

    [Fact]
    public async Task Every_batch_has_a_second_of_its_own()
    {
        await using IConnector connector = Create("\"metrics\"");

        for (int i = 0; i < 10; i++)
            Assert.True((await connector.SendAsync(Batch(7, first: 1 + (i * 7)), Cancellation)).IsDelivered);

        Assert.Empty(Fake.Violations);
        Assert.Equal(70, Fake.Metrics.Sum("copybook.audit.events"));
        Assert.Equal(10, Fake.Metrics.Of("copybook.audit.events").Select(point => point.Second).Distinct().Count());
        Assert.Equal(TimeSpan.FromSeconds(10), Time.Waited);
    }

    [Fact]
    public async Task Batches_that_are_a_second_apart_wait_for_nothing()
    {
        await using IConnector connector = Create("\"metrics\"");

        for (int i = 0; i < 3; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await connector.SendAsync(Batch(1, first: 1 + i), Cancellation);
        }

        Assert.Equal(TimeSpan.Zero, Time.Waited);
        Assert.Equal(3, Fake.Metrics.Sum("copybook.audit.events"));
    }

    [Fact]
    public async Task A_connector_that_takes_over_uses_no_second_of_the_one_before()
    {
        for (int i = 0; i < 2; i++)
        {
            await using IConnector connector = Create("\"metrics\"");
            await connector.SendAsync(Batch(4, first: 1 + (i * 4)), Cancellation);
        }

        Assert.Empty(Fake.Violations);
        Assert.Equal(8, Fake.Metrics.Sum("copybook.audit.events"));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_is_not_waited_for()
    {
        await using IConnector connector = Create("\"metrics\"");
        await connector.SendAsync(Batch(1), Cancellation);
        TimeSpan waited = Time.Waited;

        Time.Advance(TimeSpan.FromMinutes(-30));
        DeliveryResult result = await connector.SendAsync(Batch(1, first: 2), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Equal(waited, Time.Waited);
    }

    [Fact]
    public async Task A_replay_of_what_was_delivered_sends_it_anew()
    {
        await using IConnector connector = Create("\"logs\",\"metrics\"");
        Fake.InterceptNext(static _ => null);
        Fake.FailNext(Broken);
        EventBatch batch = Batch(2);
        await connector.SendAsync(batch, Cancellation);
        await connector.SendAsync(batch, Cancellation);

        await connector.SendAsync(batch, Cancellation);

        Assert.Equal(4, Fake.LogCount);
        Assert.Equal(4, Fake.Metrics.Sum("copybook.audit.events"));
    }

    [Fact]
    public async Task A_replay_beside_an_event_that_was_refused_sends_the_others_anew()
    {
        await using IConnector connector = Create("\"logs\",\"metrics\"");
        EventBatch good = Batch(1);
        EventBatch old = Batch(1, first: 2, time: Time.GetUtcNow().AddDays(-3));
        var batch = new EventBatch(new[] { good[0], old[0] }, default, "application/json");

        for (int i = 0; i < 2; i++)
            Assert.Equal(1, Assert.Single((await connector.SendAsync(batch, Cancellation)).Failures!).Index);

        Assert.Equal(2, Fake.LogCount);
        Assert.Equal(2, Fake.Metrics.Sum("copybook.audit.events"));
    }

    [Theory]
    [InlineData(400, FailureKind.Transient)]
    [InlineData(413, FailureKind.Transient)]
    [InlineData(403, FailureKind.Misconfigured)]
    [InlineData(503, FailureKind.Transient)]
    public async Task What_the_host_would_halve_comes_again_first_without_what_is_refused_for_itself(int status, FailureKind expected)
    {
        await using IConnector connector = Create("\"logs\"");
        EventBatch good = Batch(2);
        EventBatch old = Batch(1, first: 3, time: Time.GetUtcNow().AddDays(-3));
        Fake.FailNext(FakeDatadog.Failure(status, "no"));

        DeliveryResult result = await connector.SendAsync(new EventBatch(new[] { good[0], old[0], good[1] }, default, "application/json"), Cancellation);

        Assert.Equal([(0, expected), (1, FailureKind.Rejected), (2, expected)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(status, result.Status);
    }

    [Fact]
    public async Task Of_several_requests_of_logs_those_that_were_taken_stay_taken()
    {
        await using IConnector connector = Create("\"logs\"");
        Fake.InterceptNext(static _ => null);
        Fake.FailNext(Broken);
        EventBatch batch = Batch(2500);

        Assert.Equal(FailureKind.Transient, (await connector.SendAsync(batch, Cancellation)).Kind);
        Assert.True((await connector.SendAsync(batch, Cancellation)).IsDelivered);

        Assert.Equal(2500, Fake.LogCount);
        Assert.Equal(2500, Fake.Logs.Select(log => log.Text("audit_event_id")).Distinct().Count());
    }

    [Fact]
    public void What_is_remembered_is_bounded()
    {
        var taken = new TakenEvents(capacity: 100);
        EventBatch batch = Batch(1000);
        var marks = new Intakes[1000];
        Array.Fill(marks, Intakes.Logs);

        taken.Keep(batch, marks);

        Assert.Equal(Intakes.Logs, taken.Of(1000));
        Assert.InRange(Enumerable.Range(1, 1000).Count(sequence => taken.Of((ulong)sequence) != 0), 50, 100);
    }
}
