using System.Net;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Otlp;

/// <summary>Sends a batch as one <c>ExportLogsServiceRequest</c>.</summary>
internal sealed class OtlpConnector(OtlpOptions options, PluginContext context) : IConnector
{
    private readonly OtlpOutcome _outcome = new(options, context);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer(64 << 10);
        options.Logs.Write(batch, body);
        using HttpRequestMessage request = Make(body.Written, options.Compression);
        using HttpResponseMessage response = await options.Endpoints.SendAsync(context.Http, request, cancellationToken).ConfigureAwait(false);
        using AnswerBody answer = await AnswerBody.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        return _outcome.Of(new OtlpAnswer(response, answer), batch.Count);
    }

    // A request without records, which a receiver should answer with success. One that finds it bad has looked at it all the same.
    public ValueTask ProbeAsync(CancellationToken cancellationToken) => options.Endpoints.ProbeAsync(async endpoint =>
    {
        using HttpRequestMessage request = Make(options.Logs.Empty, HttpCompression.None);
        using HttpResponseMessage response = await options.Endpoints.SendAsync(context.Http, endpoint, request, cancellationToken).ConfigureAwait(false);
        using AnswerBody body = await AnswerBody.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        Check(new OtlpAnswer(response, body));
    });

    /// <exception cref="HttpRequestException">What answers is no receiver, or refuses this sender.</exception>
    private void Check(OtlpAnswer answer)
    {
        if (answer.Response.StatusCode == HttpStatusCode.BadRequest || (answer.IsSuccess && answer.Read(options.Logs) is not null))
            return;
        string reason = answer.Response.IsSuccessStatusCode ? OtlpOutcome.NotOtlp(answer) : HttpOutcome.Describe(answer.Response);
        throw new HttpRequestException(reason, inner: null, answer.Response.StatusCode);
    }

    private HttpRequestMessage Make(ReadOnlyMemory<byte> body, HttpCompression compression)
    {
        var request = new HttpRequestMessage { Method = HttpMethod.Post, Content = HttpPayload.Create(body, options.Logs.ContentType, compression) };
        foreach ((string name, string value) in options.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
