using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Webhook;

/// <summary>Sends a batch as one request, or event by event.</summary>
internal sealed class WebhookConnector(HttpEndpoints endpoints, WebhookRequest requests, WebhookMode mode, WebhookAnswer answers, HttpClient http) : IConnector
{
    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) => mode == WebhookMode.Single
        ? new SingleDelivery(batch, SendAsync).RunAsync(cancellationToken)
        : SendAsync(batch.Body, batch.ContentType, BatchKey.Of(batch), cancellationToken);

    public ValueTask ProbeAsync(CancellationToken cancellationToken) =>
        endpoints.ProbeAsync(endpoint => HttpProbe.CheckAsync(http, endpoint, cancellationToken));

    private async ValueTask<DeliveryResult> SendAsync(ReadOnlyMemory<byte> body, string contentType, string key, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = requests.Make(body, contentType, key);
        using HttpResponseMessage response = await endpoints.SendAsync(http, request, cancellationToken).ConfigureAwait(false);
        return await answers.ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }
}
