using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.QRadar;

/// <summary>Posts a batch on lines to a log source of the protocol HTTP Receiver. Its answer says that it was read and nothing of the events.</summary>
internal sealed class QRadarReceiverConnector(HttpEndpoints endpoints, QRadarConsole? console, PluginContext context) : IConnector
{
    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage { Method = HttpMethod.Post, Content = HttpPayload.Create(batch.Body, batch.ContentType) };
        using HttpResponseMessage response = await endpoints.SendAsync(context.Http, request, cancellationToken).ConfigureAwait(false);
        return await HttpOutcome.ReadAsync(response, context.Time, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        await endpoints.ProbeAsync(endpoint => HttpProbe.CheckAsync(context.Http, endpoint, cancellationToken)).ConfigureAwait(false);
        if (console is not null)
            await console.CheckAsync(cancellationToken).ConfigureAwait(false);
    }
}
