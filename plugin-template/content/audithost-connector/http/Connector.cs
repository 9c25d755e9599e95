using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace Template._1;

/// <summary>One request per batch. Acme answers 200 with the events that it did not take, by index.</summary>
internal sealed class Connector(Uri endpoint, string collection, PluginContext context) : IConnector
{
    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = HttpPayload.Create(batch.Body, batch.ContentType) };
        request.Headers.Add("X-Collection", collection);

        // The same on every attempt, so that Acme drops what it already has.
        request.Headers.Add("Idempotency-Key", $"{batch[0].Key}+{batch.Count}");

        // The host's client holds at most 1 MiB of an answer and gives up on a longer one.
        using HttpResponseMessage response = await context.Http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            return await HttpOutcome.ReadAsync(response, context.Time, cancellationToken);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return Answer.Read(body, batch.Count).WithResponse((int)response.StatusCode, ResponseText.Clean(body));
    }

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => HttpProbe.CheckAsync(context.Http, endpoint, cancellationToken);
}
