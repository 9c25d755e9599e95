using AuditHost.Fakes.WebSockets;

namespace AuditHost.Load;

/// <summary>A WebSocket server that acknowledges each message.</summary>
internal static class WebSocketCase
{
    public static IPluginCase PerEvent() => Create("per_event", "event");

    public static IPluginCase PerBatch() => Create("per_batch", "batch");

    private static FakeStreamCase<WebSocketCollector> Create(string acknowledgement, string message) => new(
        new WebSocketCollector(), static fake => fake.Count, fake => $"{{ type: websocket, acknowledgement: {acknowledgement}, message: {message}, endpoint: \"{fake.Url}\" }}");
}
