using System.Buffers;
using System.Text;
using AuditHost.Connectors.Sentinel;
using AuditHost.Fakes;
using AuditHost.Fakes.Azure;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Sentinel;

/// <summary>What the tests of the Sentinel connector share.</summary>
internal static class SentinelTests
{
    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TFake> StartAsync<TFake>(TFake fake)
        where TFake : FakeHttpServer
    {
        await fake.StartAsync(Cancellation);
        return fake;
    }

    public static IConnector CreateIngestion(FakeLogsIngestion fake, PluginContext context, string further = "") => Create(
        $$"""{"endpoint":"{{fake.Address}}","dcr_immutable_id":"{{FakeLogsIngestion.Rule}}","stream_name":"{{FakeLogsIngestion.Stream}}"{{further}}}""", context);

    public static IConnector CreateCollector(FakeDataCollector fake, PluginContext context, string further = "") => Create(
        $$"""{"endpoint":"{{fake.Address}}","workspace_id":"{{FakeDataCollector.Workspace}}","shared_key":"{{FakeDataCollector.Key}}","log_type":"CopybookAudit"{{further}}}""", context);

    public static IConnector Create(string settings, PluginContext context) => new SentinelFactory().Create(Encoding.UTF8.GetBytes(settings), context);

    /// <summary>A batch as the host renders it: payloads by the connector's own format, and the array of them.</summary>
    public static EventBatch Batch(params IEnumerable<AuditEvent> events)
    {
        IEventFormatter formatter = Rendering.Create(new SentinelFormatterFactory());
        OutboundEvent[] outbound = [.. events.Select(one =>
        {
            var payload = new ArrayBufferWriter<byte>();
            formatter.Format(one, payload);
            return new OutboundEvent(one, "log", payload.WrittenMemory);
        })];
        string body = $"[{string.Join(',', outbound.Select(one => Encoding.UTF8.GetString(one.Payload.Span)))}]";
        return new EventBatch(outbound, Encoding.UTF8.GetBytes(body), formatter.ContentType);
    }

    /// <summary>A batch whose body is this text, whatever a format would make of the event.</summary>
    public static EventBatch Raw(string body, string contentType = "application/json") => new(
        new[] { new OutboundEvent(Event(0), "log", Encoding.UTF8.GetBytes(body)) }, Encoding.UTF8.GetBytes(body), contentType);

    public static AuditEvent Event(int number) => TestEvent.Parse(
        $$$"""{"event_id":"e-{{{number}}}","timestamp":"2026-11-23T20:00:00.123456789Z","event_type":"SecurityEvent","severity":"High","payload":{"type":"SecurityEvent","data":{"n":{{{number}}} } } }""",
        (ulong)number + 1);
}
