using System.Text;
using AuditHost.Connectors.AppDynamics;
using AuditHost.Fakes.AppDynamics;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.AppDynamics;

/// <summary>What tests of the connector have in common: an Events Service, a machine agent, and batches of events.</summary>
public abstract class AppDynamicsTest : IAsyncLifetime
{
    private protected const string Schema = "audit_events";

    private protected FakeEventsService Service { get; } = new();

    private protected FakeMachineAgent Agent { get; } = new();

    private protected TestPluginContext Context { get; } = new();

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        await Service.StartAsync(Cancellation);
        await Agent.StartAsync(Cancellation);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Agent.DisposeAsync();
        Context.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A connector of events.</summary>
    /// <param name="further">Further keys of the settings, with a comma before them.</param>
    /// <param name="context">Another context than the test's.</param>
    private protected IConnector Create(string further = "", PluginContext? context = null) => CreateFrom(
        $$"""{"endpoint":"{{Service.Address}}","account_name":"{{FakeEventsService.Account}}","api_key":"{{FakeEventsService.Key}}"{{further}}}""", context);

    private protected IConnector CreateFrom(string settings, PluginContext? context = null) =>
        new AppDynamicsFactory().Create(Encoding.UTF8.GetBytes(settings), context ?? Context);

    private protected string AgentKey(string path = "Custom Metrics|AuditHost|Events") =>
        $$""","machine_agent":{"endpoint":"{{Agent.Address}}","metric_path":"{{path}}"}""";

    /// <summary>A batch as the host renders it, with the event as received for its payload.</summary>
    private protected static EventBatch Batch(params IReadOnlyList<string> events) => new(
        events.Select((json, index) => new OutboundEvent(TestEvent.Parse(json, (ulong)index + 1), "log", Encoding.UTF8.GetBytes(json))).ToArray(),
        default,
        "application/json");

    private protected static EventBatch Batch(int count) => Batch([.. Enumerable.Range(0, count).Select(number => Event(number))]);

    private protected static string Event(int number, string type = "SecurityEvent", string severity = "High") =>
        $$"""{"event_id":"e-{{number}}","timestamp":"2026-11-23T20:00:00.123456789Z","event_type":"{{type}}","severity":"{{severity}}"}""";
}
