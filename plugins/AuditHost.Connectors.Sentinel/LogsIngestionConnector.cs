using System.Net;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Sentinel;

/// <summary>Posts a batch as one JSON array to a stream of a data collection rule. The token is the host's business.</summary>
internal sealed class LogsIngestionConnector(Uri address, HttpCompression compression, PluginContext context) : IConnector
{
    private const string RequestIdHeader = "x-ms-client-request-id";

    private static readonly ReadOnlyMemory<byte> Nothing = "[]"u8.ToArray();

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (AzureBody.Check(batch, batch.Body.Span, AzureLimits.Body) is { } unfit)
            return unfit;

        // A name for this attempt, which Microsoft's support finds the request by.
        string id = Guid.NewGuid().ToString();
        using HttpRequestMessage request = CreateRequest(batch.Body, id);
        using HttpResponseMessage response = await context.Http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NoContent)
            return DeliveryResult.Acknowledged(id).WithResponse(204, null);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, AzureLimits.Answer, cancellationToken).ConfigureAwait(false);
        return LogsIngestionAnswer.Failure(response, answer, context.Time);
    }

    /// <summary>An empty array proves token, rule and stream, and leaves nothing.</summary>
    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = CreateRequest(Nothing, Guid.NewGuid().ToString());
        using HttpResponseMessage response = await context.Http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NoContent)
            return;
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, AzureLimits.Answer, cancellationToken).ConfigureAwait(false);
        throw new HttpRequestException(LogsIngestionAnswer.Failure(response, answer, context.Time).Reason, inner: null, response.StatusCode);
    }

    private HttpRequestMessage CreateRequest(ReadOnlyMemory<byte> body, string id)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = HttpPayload.Create(body, "application/json", compression) };
        request.Headers.TryAddWithoutValidation(RequestIdHeader, id);
        return request;
    }
}
