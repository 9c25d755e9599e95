using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.QRadar;

/// <summary>Posts a batch on lines to a log source of the protocol HTTP Receiver. Its answer says that it was read and nothing of the events.</summary>
internal sealed class QRadarReceiverConnector(HttpEndpoints endpoints, QRadarConsole? console, PluginContext context) : IConnector
{
    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        // A line is an event to QRadar: a line break that an event brings along must not make another one of what follows it.
        using var lines = new FramedBatch(SyslogFraming.Newline, int.MaxValue, composer: null);
        lines.Fill(batch);
        if (lines.Count == 0)
            return lines.Result;
        using var request = new HttpRequestMessage { Method = HttpMethod.Post, Content = HttpPayload.Create(lines.Bytes, batch.ContentType) };
        using HttpResponseMessage response = await endpoints.SendAsync(context.Http, request, cancellationToken).ConfigureAwait(false);
        DeliveryResult result = await HttpOutcome.ReadAsync(response, context.Time, cancellationToken).ConfigureAwait(false);
        return result.IsDelivered ? lines.Result.WithResponse(result.Status, null) : result;
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        await endpoints.ProbeAsync(endpoint => HttpProbe.CheckAsync(context.Http, endpoint, cancellationToken)).ConfigureAwait(false);
        if (console is not null)
            await console.CheckAsync(cancellationToken).ConfigureAwait(false);
    }
}
