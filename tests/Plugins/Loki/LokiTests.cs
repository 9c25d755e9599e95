using System.Text;
using AuditHost.Connectors.Loki;
using AuditHost.Fakes.Loki;
using AuditHost.Plugins.Tests.Files;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Loki;

/// <summary>What the tests of the Loki connector share.</summary>
internal static class LokiTests
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 20, 0, 0, TimeSpan.Zero);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<FakeLoki> StartAsync()
    {
        var loki = new FakeLoki(new ManualClock(Now));
        await loki.StartAsync(Cancellation);
        return loki;
    }

    public static IConnector Connect(FakeLoki loki, PluginContext context, string further = "") => Create($$"""{"endpoint":"{{loki.Address}}"{{further}}}""", context);

    public static IConnector Create(string settings, PluginContext context) => new LokiFactory().Create(Encoding.UTF8.GetBytes(settings), context);

    /// <summary>A batch of events that stand on their lines as they were received.</summary>
    public static EventBatch Batch(params IEnumerable<string> events)
    {
        OutboundEvent[] outbound = [.. events.Select((json, index) => new OutboundEvent(
            TestEvent.Parse(json, (ulong)index + 1, Now.AddMinutes(-1)), "log", Encoding.UTF8.GetBytes(json)))];
        return new EventBatch(outbound, default, "application/x-ndjson");
    }

    public static string Event(string id, string timestamp = "2026-11-23T19:59:00.123456789Z", string type = "SecurityEvent", string severity = "High", string further = "") =>
        $$"""{"event_id":"{{id}}","timestamp":"{{timestamp}}","event_type":"{{type}}","severity":"{{severity}}"{{further}}}""";
}
