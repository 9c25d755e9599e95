using AuditHost.Connectors.WebSocket;
using AuditHost.PluginKit.Settings;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

[assembly: Plugin(typeof(WebSocketFactory))]

namespace AuditHost.Connectors.WebSocket;

/// <summary><c>websocket</c>: sends events as messages over a WebSocket connection.</summary>
public sealed class WebSocketFactory() : ConnectorFactory<WebSocketSettings>(
    new ConnectorInfo("websocket", "Sends events as messages over a WebSocket connection.")
    {
        Content = BatchContent.Payload,
        Delivered = "The server has answered with the event's id, or with the batch's. With acknowledgement: none, the event was written to the connection: what the server had not read when the connection broke is lost.",

        // One connection; events wait for their acknowledgements in a window, not behind each other.
        MaxConcurrency = 1,
        MaxBatchEvents = 500,

        // Servers limit messages, not batches: npm's ws takes 100 MiB, Spring 64 kB, Python's websockets 1 MiB, unless told otherwise.
        MaxBatchBytes = 1 << 20,
    },
    SettingsContext.Default.WebSocketSettings)
{
    protected override IConnector Create(WebSocketSettings settings, PluginContext context) => WebSocketConnector.Create(settings, context);

    protected override IReadOnlyList<Uri> Endpoints(WebSocketSettings settings) =>
        StreamEndpoints.ParseWebSockets("endpoint", settings.Endpoint, TimeProvider.System).Shown;

    protected override BatchContent Content(WebSocketSettings settings) =>
        settings is { Message: MessageUnit.Batch, Envelope: false } ? BatchContent.Body : BatchContent.Payload;
}
