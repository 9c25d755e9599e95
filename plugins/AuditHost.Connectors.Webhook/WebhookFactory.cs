using AuditHost.Connectors.Webhook;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(WebhookFactory))]

namespace AuditHost.Connectors.Webhook;

/// <summary><c>webhook</c>: sends events to an HTTP endpoint.</summary>
public sealed class WebhookFactory() : ConnectorFactory<WebhookSettings>(
    new ConnectorInfo("webhook", "Sends events to an HTTP endpoint, a batch or one event per request.")
    {
        Delivered = "The endpoint answered 2xx, or a status of success_status where that is set.",
        MaxConcurrency = 4,
        MaxBatchEvents = 500,
        MaxBatchBytes = 1 << 20,
    },
    SettingsContext.Default.WebhookSettings)
{
    protected override IConnector Create(WebhookSettings settings, PluginContext context) =>
        new WebhookConnector(
            EndpointsOf(settings, context.Time), WebhookRequest.Create(settings), settings.Mode, new WebhookAnswer(settings, context.Time), context.Http);

    protected override IReadOnlyList<Uri> Endpoints(WebhookSettings settings) => EndpointsOf(settings, TimeProvider.System).Shown;

    protected override BatchContent Content(WebhookSettings settings) =>
        settings.Mode == WebhookMode.Single ? BatchContent.Payload : BatchContent.Body;

    private static HttpEndpoints EndpointsOf(WebhookSettings settings, TimeProvider time) =>
        HttpEndpoints.Parse("endpoint", settings.Endpoint, settings.Balancing, time);
}
