using System.Diagnostics.Tracing;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog.Spans;

/// <summary>Sends spans by OTLP over HTTP, to Datadog's own intake or to an Agent.</summary>
internal sealed class SpansIntake(DatadogOptions options, PluginContext context) : IIntake
{
    private const string Protobuf = "application/x-protobuf";

    private readonly SpanWriter _writer = new(options);

    public async ValueTask<DeliveryResult> SendAsync(BatchProgress progress, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer(16 << 10);
        if (_writer.Write(progress, body) == 0)
        {
            progress.Take(Intakes.Spans, 0, progress.Batch.Count);
            return DeliveryResult.Delivered;
        }

        using HttpRequestMessage request = Make(body.Written);
        using HttpResponseMessage response = await options.Addresses.Spans.SendAsync(context.Http, request, cancellationToken).ConfigureAwait(false);
        using AnswerBody answer = await AnswerBody.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        DeliveryResult result = Read(response, answer, progress);
        if (result.IsDelivered)
            progress.Take(Intakes.Spans, 0, progress.Batch.Count);
        return result;
    }

    // The API key says nothing of an Agent. Datadog's own intake is not asked: an empty request is none that its page knows.
    public ValueTask ProbeAsync(CancellationToken cancellationToken) => options.HasApmEndpoint
        ? options.Addresses.Spans.ProbeAsync(endpoint => HttpProbe.CheckAsync(context.Http, endpoint, cancellationToken))
        : default;

    private HttpRequestMessage Make(ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage { Method = HttpMethod.Post, Content = HttpPayload.Create(body, Protobuf, options.Compression) };
        if (options.HasApmEndpoint)
            return request;
        request.Headers.TryAddWithoutValidation("dd-api-key", options.ApiKey);

        // Without it the intake makes no metrics of spans, which most of APM's pages show.
        request.Headers.TryAddWithoutValidation("compute_stats", "true");
        return request;
    }

    private DeliveryResult Read(HttpResponseMessage response, AnswerBody body, BatchProgress progress)
    {
        int status = (int)response.StatusCode;
        if (status is < 200 or > 299)
        {
            string reason = options.HasApmEndpoint ? HttpOutcome.Describe(response) : IntakeClient.Describe(response);
            return IntakeClient.Failure(response, reason, context.Time).WithResponse(status, TextOf(body));
        }

        if (status is not (200 or 202) || body.IsTooLong || SpanAnswer.Read(response, body.Bytes) is not { } answer)
            return DeliveryResult.Failed(FailureKind.Transient, $"HTTP {status} without the answer of an OTLP receiver. Check apm_endpoint").WithResponse(status, TextOf(body));
        if (answer.Rejected != 0)
            RefuseAll(progress, status, answer);
        else if (answer.Message.Length > 0)
            context.Log(EventLevel.Warning, $"The receiver of spans takes them, and warns: {answer.Message}");
        return DeliveryResult.Delivered.WithResponse(status, null);
    }

    /// <summary>OTLP does not say which spans were rejected, and forbids sending the others again.</summary>
    private static void RefuseAll(BatchProgress progress, int status, SpanAnswer answer)
    {
        for (int index = 0; index < progress.Batch.Count; index++)
        {
            if (progress.Needs(index, Intakes.Spans) && SpanWriter.HasSpan(progress.Batch[index].Event))
                progress.Refuse(index, FailureKind.Rejected, $"The receiver rejected {answer.Rejected} spans, and does not say which; this one may have been taken: {answer.Message}", status);
        }
    }

    private static string? TextOf(AnswerBody body) => ResponseText.Clean(body.Bytes[..Math.Min(body.Bytes.Length, DeliveryResult.MaxResponseBytes)]);
}
