using System.Buffers;
using System.Net;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Gelf;

/// <summary>Posts messages one by one, or a batch on lines. Graylog answers 202 before it has looked at a message.</summary>
internal sealed class GelfHttpConnector(GelfOptions options, HttpEndpoints endpoints, PluginContext context) : IConnector
{
    private const string ContentType = "application/json";

    private readonly HttpCompression _compression = options.Compression == GelfCompression.Gzip ? HttpCompression.Gzip : HttpCompression.None;

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) => options.Bulk
        ? PostLinesAsync(batch, cancellationToken)
        : new SingleDelivery(batch, (payload, _, _, token) => PostAsync(payload, token)).RunAsync(cancellationToken);

    // GET rather than OPTIONS: an input looks at its authorization header for the one and not for the other. It answers 405.
    public ValueTask ProbeAsync(CancellationToken cancellationToken) => endpoints.ProbeAsync(async endpoint =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        using HttpResponseMessage response = await endpoints.SendAsync(context.Http, endpoint, request, cancellationToken).ConfigureAwait(false);
        bool reached = response.StatusCode == HttpStatusCode.MethodNotAllowed || response.IsSuccessStatusCode;
        if (!reached)
            throw new HttpRequestException(HttpOutcome.Describe(response), inner: null, response.StatusCode);
    });

    // To Graylog each line is a message, and a template's JSON may stand on several.
    private async ValueTask<DeliveryResult> PostLinesAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using var lines = new PooledBuffer(64 << 10);
        for (int index = 0; index < batch.Count; index++)
        {
            OneLineJson.Write(batch[index].Payload.Span, lines);
            lines.Write("\n"u8);
        }

        return await PostAsync(lines.Written, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<DeliveryResult> PostAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage { Method = HttpMethod.Post, Content = HttpPayload.Create(body, ContentType, _compression) };

        // An input with bulk receiving takes no more than the first request of a connection for messages, and answers 202 to all
        // (Graylog2/graylog2-server issue 21551).
        if (options.Bulk)
            request.Headers.ConnectionClose = true;
        using HttpResponseMessage response = await endpoints.SendAsync(context.Http, request, cancellationToken).ConfigureAwait(false);
        DeliveryResult result = await HttpOutcome.ReadAsync(response, context.Time, cancellationToken).ConfigureAwait(false);
        if (!result.IsDelivered || response.StatusCode == HttpStatusCode.Accepted)
            return result;
        int status = (int)response.StatusCode;
        string? text = await ResponseText.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        return DeliveryResult
            .Failed(FailureKind.Misconfigured, $"HTTP {status}, where a GELF input answers 202. Check the endpoint: something else listens there")
            .WithResponse(status, text);
    }
}
