using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Slack;

/// <summary>Posts each message by an incoming webhook. Its answers are a status and one word.</summary>
internal sealed class WebhookConnector(HttpEndpoints endpoints, PluginContext context) : IConnector
{
    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) =>
        new SingleDelivery(batch, PostAsync).RunAsync(cancellationToken);

    public ValueTask ProbeAsync(CancellationToken cancellationToken) =>
        endpoints.ProbeAsync(endpoint => HttpProbe.CheckAsync(context.Http, endpoint, cancellationToken));

    private async ValueTask<DeliveryResult> PostAsync(ReadOnlyMemory<byte> message, string contentType, string key, CancellationToken cancellationToken)
    {
        if (!PayloadObject.TryRead(message.Span, "text"u8, out _))
            return SlackAnswer.NoObject;
        using var request = new HttpRequestMessage { Method = HttpMethod.Post, Content = HttpPayload.Create(message, "application/json") };
        using HttpResponseMessage response = await endpoints.SendAsync(context.Http, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, SlackAnswer.MaxBytes, cancellationToken).ConfigureAwait(false);
        return SlackAnswer.OfWebhook(response, answer, RetryAfter.Of(response, context.Time));
    }
}
