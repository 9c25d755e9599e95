using System.Net;
using AuditHost.Fakes;
using AuditHost.Fakes.AppDynamics;
using AuditHost.Plugins.Tests.Prometheus;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.AppDynamics;

/// <summary>What a machine agent gets, alone and beside events.</summary>
public sealed class MetricTests : AppDynamicsTest
{
    private const string Both = ""","send":["events","metrics"]""";

    [Fact]
    public async Task A_batch_is_summed_by_type_and_severity()
    {
        await using IConnector connector = CreateAlone();

        DeliveryResult result = await connector.SendAsync(
            Batch(Event(1), Event(2), Event(3, severity: "Low"), Event(4, "login"), """{"event_id":"none"}"""), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(Agent.Violations);
        FakeRequest request = Assert.Single(Agent.Requests);
        Assert.Equal(("POST", "/api/v1/metrics", "application/json"), (request.Method, request.Target, request.Header("Content-Type")));
        Assert.Equal(
            """[{"metricName":"Custom Metrics|AuditHost|Events|SecurityEvent|Low","aggregatorType":"SUM","value":1},{"metricName":"Custom Metrics|AuditHost|Events|SecurityEvent|High","aggregatorType":"SUM","value":2},{"metricName":"Custom Metrics|AuditHost|Events|login|High","aggregatorType":"SUM","value":1},{"metricName":"Custom Metrics|AuditHost|Events|unknown|Info","aggregatorType":"SUM","value":1}]""",
            request.Text);
        Assert.Empty(Service.Requests);
    }

    [Theory]
    [InlineData("a|b:c,d", "a_b_c_d")]
    [InlineData("""\"q\\""", "_q_")]
    [InlineData("Zugriff: groß\\t", "Zugriff_ gro__")]
    [InlineData(" padded ", "padded")]
    [InlineData("😀", "_")]
    [InlineData("   ", "unknown")]
    [InlineData("other", "other")]
    public async Task A_type_is_one_level_of_the_path_whatever_it_holds(string type, string level)
    {
        await using IConnector connector = CreateAlone();

        await connector.SendAsync(Batch(Event(1, type)), Cancellation);

        Assert.Empty(Agent.Violations);
        Assert.Equal($"Custom Metrics|AuditHost|Events|{level}|High", Assert.Single(Agent.Sums).Key);
    }

    [Fact]
    public async Task Fifty_types_have_metrics_of_their_own_and_the_rest_is_other()
    {
        await using IConnector connector = CreateAlone();

        await connector.SendAsync(Batch([.. Enumerable.Range(0, 100).Select(number => Event(number, $"type-{number}")), Event(100, "LineageTracking")]), Cancellation);

        Assert.Equal(50 - 10 + 1, Agent.Sums.Count);
        Assert.Equal(100 - 39, Agent.Sums["Custom Metrics|AuditHost|Events|other|High"]);
        Assert.Equal(1, Agent.Sums["Custom Metrics|AuditHost|Events|LineageTracking|High"]);
    }

    [Fact]
    public async Task Long_types_are_cut()
    {
        await using IConnector connector = CreateAlone();

        await connector.SendAsync(Batch(Event(1, new string('é', 200))), Cancellation);

        Assert.Equal(new string('_', 128), Assert.Single(Agent.Sums).Key.Split('|')[3]);
    }

    [Fact]
    public async Task The_path_may_be_that_of_a_tier()
    {
        await using IConnector connector = CreateAlone("Server|Component:Audit Tier|Custom Metrics|Audit|");

        await connector.SendAsync(Batch(1), Cancellation);

        Assert.Empty(Agent.Violations);
        Assert.Equal("Server|Component:Audit Tier|Custom Metrics|Audit|SecurityEvent|High", Assert.Single(Agent.Sums).Key);
    }

    [Theory]
    [InlineData(400, FailureKind.Misconfigured)]
    [InlineData(404, FailureKind.Misconfigured)]
    [InlineData(413, FailureKind.Misconfigured)]
    [InlineData(415, FailureKind.Misconfigured)]
    [InlineData(302, FailureKind.Misconfigured)]
    [InlineData(429, FailureKind.Throttled)]
    [InlineData(500, FailureKind.Transient)]
    [InlineData(503, FailureKind.Transient)]
    public async Task Alone_the_agent_decides_and_no_event_dies_of_it(int status, FailureKind expected)
    {
        await using IConnector connector = CreateAlone();
        Agent.FailNext(new FakeAnswer(status));

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);
        DeliveryResult again = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal((expected, status), (result.Kind, result.Status!.Value));
        Assert.True(again.IsDelivered, again.Reason);
        Assert.Equal(1, Assert.Single(Agent.Sums).Value);
    }

    [Fact]
    public async Task An_agent_without_the_listener_is_told_how_to_get_it()
    {
        await using IConnector connector = CreateAlone();
        Agent.FailNext(new FakeAnswer(404));

        Assert.Contains("-Dmetric.http.listener=true", (await connector.SendAsync(Batch(1), Cancellation)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_events_figures_are_carried_to_a_later_batch_and_said_once()
    {
        var time = new ManualTime();
        using var context = new TestPluginContext(time: time);
        await using IConnector connector = Create(Both + AgentKey(), context);
        Agent.FailNext(new FakeAnswer(500), times: 2);

        Assert.True((await connector.SendAsync(Batch(3), Cancellation)).IsDelivered);
        Assert.True((await connector.SendAsync(Batch(2), Cancellation)).IsDelivered);
        Assert.Equal(1, Agent.RequestCount);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.True((await connector.SendAsync(Batch(2), Cancellation)).IsDelivered);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);
        Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);

        Assert.Equal(9, Service.EventCount);
        Assert.Equal(9, Assert.Single(Agent.Sums).Value);
        Assert.Contains("does not take metrics", Assert.Single(context.Warnings), StringComparison.Ordinal);
        Assert.Contains(context.Entries, entry => entry.Message.Contains("takes metrics again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agent_that_is_away_does_not_hold_up_events()
    {
        await using IConnector connector = Create(Both + AgentKey());
        await Agent.DisposeAsync();

        Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);
        Assert.Equal(1, Service.EventCount);
    }

    [Fact]
    public async Task An_agent_that_hangs_does_not_hold_up_events()
    {
        var time = new ManualTime();
        using var context = new TestPluginContext(time: time);
        await using IConnector connector = Create(Both + AgentKey(), context);
        using var asked = new SemaphoreSlim(0);
        using var done = new SemaphoreSlim(0);
        Agent.InterceptNext(_ =>
        {
            asked.Release();
            done.Wait(Cancellation);
            return null;
        });

        Task<DeliveryResult> sending = Task.Run(async () => await connector.SendAsync(Batch(1), Cancellation));
        await asked.WaitAsync(Cancellation);
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.True((await sending).IsDelivered);
        done.Release();
    }

    [Fact]
    public async Task Events_that_are_not_taken_are_not_counted()
    {
        await using IConnector connector = Create(Both + AgentKey());
        await connector.StartAsync(Cancellation);
        Service.FailNext(EventsError.Of(500, "Broken", "no"));

        Assert.Equal(FailureKind.Transient, (await connector.SendAsync(Batch(1), Cancellation)).Kind);
        Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);

        Assert.Equal(1, Assert.Single(Agent.Sums).Value);
    }

    [Fact]
    public async Task A_probe_reaches_both()
    {
        await using IConnector connector = Create(Both + AgentKey());
        await connector.ProbeAsync(Cancellation);
        Assert.Equal("OPTIONS", Assert.Single(Agent.Requests).Method);

        Agent.FailNext(new FakeAnswer((int)HttpStatusCode.BadGateway));
        await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancellation));
    }

    private IConnector CreateAlone(string path = "Custom Metrics|AuditHost|Events") => CreateFrom($$"""{"send":["metrics"]{{AgentKey(path)}}}""");
}
