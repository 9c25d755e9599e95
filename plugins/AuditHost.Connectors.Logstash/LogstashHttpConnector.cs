using System.Buffers;
using System.Net;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Logstash;

/// <summary>Posts a batch to the http input as a JSON array, of which the codec makes an event for each element.</summary>
internal sealed class LogstashHttpConnector(HttpEndpoints endpoints, LogstashOptions options, EventWriter writer, PluginContext context) : IConnector
{
    private const string ContentType = "application/json";

    /// <summary>What the input answers; the text is the same whatever the status.</summary>
    private const string Taken = "ok";

    private readonly PooledBuffer _body = new(64 << 10);
    private readonly HttpCompression _compression = options.Compression == LogstashCompression.Gzip ? HttpCompression.Gzip : HttpCompression.None;

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<EventFailure>? failures = Fill(batch);
        if (failures?.Count == batch.Count)
            return DeliveryResult.Partial(failures);
        using var request = new HttpRequestMessage(HttpMethod.Post, (Uri?)null) { Content = HttpPayload.Create(_body.Written, ContentType, _compression) };
        using HttpResponseMessage response = await endpoints.SendAsync(context.Http, request, cancellationToken).ConfigureAwait(false);
        DeliveryResult result = response.IsSuccessStatusCode
            ? await ReadSuccessAsync(response, cancellationToken).ConfigureAwait(false)
            : await HttpOutcome.ReadAsync(response, context.Time, cancellationToken).ConfigureAwait(false);
        return result.IsDelivered && failures is not null ? DeliveryResult.Partial(failures).WithResponse(result.Status, null) : result;
    }

    // The input makes an event of any request, whatever its method. So the probe only connects.
    public ValueTask ProbeAsync(CancellationToken cancellationToken) => endpoints.ProbeAsync(async endpoint =>
    {
        var address = new UriBuilder(endpoint.Scheme == "https" ? "tls" : "tcp", endpoint.IdnHost, endpoint.Port);
        Stream stream = await context.ConnectAsync(address.Uri, cancellationToken).ConfigureAwait(false);
        await stream.DisposeAsync().ConfigureAwait(false);
    });

    public ValueTask DisposeAsync()
    {
        _body.Dispose();
        return default;
    }

    private List<EventFailure>? Fill(EventBatch batch)
    {
        List<EventFailure>? failures = null;
        bool isJson = JsonMediaType.Matches(batch.ContentType);
        _body.Clear();
        for (int index = 0; index < batch.Count; index++)
        {
            ref readonly OutboundEvent outbound = ref batch[index];
            if (outbound.Payload.IsEmpty)
            {
                (failures ??= []).Add(new EventFailure(index, FailureKind.Rejected, "The event is empty."));
                continue;
            }

            _body.Write(_body.Length == 0 ? "["u8 : ","u8);
            writer.Write(outbound.Event, outbound.Payload.Span, isJson, _body);
        }

        _body.Write("]"u8);
        return failures;
    }

    /// <summary>Whatever answers 2xx may be something else than Logstash, and an answer that broke off says nothing.</summary>
    private static async ValueTask<DeliveryResult> ReadSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        if (response.StatusCode == HttpStatusCode.NoContent)
            return DeliveryResult.Delivered.WithResponse(status, null);
        string text = await ResponseText.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false) ?? string.Empty;
        if (text == Taken && status is 200 or 201 or 202)
            return DeliveryResult.Delivered.WithResponse(status, null);
        DeliveryResult failure = text.Length < Taken.Length && Taken.StartsWith(text, StringComparison.Ordinal)
            ? DeliveryResult.Failed(FailureKind.Transient, $"HTTP {status}, and the answer broke off before its 'ok'")
            : DeliveryResult.Failed(FailureKind.Misconfigured, $"HTTP {status} without the 'ok' of an http input. Check the endpoint: something else listens there");
        return failure.WithResponse(status, text);
    }
}
