using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// Turns an answer of OTLP into what became of a request. New Relic's successes have no body ("New Relic OTLP endpoint", response payloads); that of
/// a collector before it can say that it rejected spans.
/// </summary>
internal static class SpanAnswer
{
    private const string Protobuf = "application/x-protobuf";
    private const int ReadBytes = 4096;

    public static async ValueTask<DeliveryResult> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        if (status is < 200 or > 299)
            return IngestAnswer.Failure(TelemetryKind.Traces, response, await ResponseText.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false), time);
        using var body = new PooledBuffer(ReadBytes);
        await ReadAsync(response, body, cancellationToken).ConfigureAwait(false);
        if (body.Length == 0)
            return DeliveryResult.Delivered.WithResponse(status, null);
        string? text = ResponseText.Clean(body.Written.Span);
        if (response.Content.Headers.ContentType?.MediaType != Protobuf || !TryReadRejected(body.Written.Span, out ulong rejected))
            return DeliveryResult.Failed(FailureKind.Transient, $"HTTP {status} to traces with a body that no OTLP receiver sends. Is this New Relic?").WithResponse(status, text);
        return rejected == 0 ? DeliveryResult.Delivered.WithResponse(status, null) : Rejected(rejected).WithResponse(status, text);
    }

    /// <summary>Which spans they were is not said, and OTLP forbids to send any of the request again: one failure stands for all.</summary>
    private static DeliveryResult Rejected(ulong rejected) => DeliveryResult.Partial(
        [new EventFailure(0, FailureKind.Rejected, $"{rejected} spans of its batch were rejected (traces), and it is not said which; this one may have been taken")]);

    private static async ValueTask ReadAsync(HttpResponseMessage response, PooledBuffer body, CancellationToken cancellationToken)
    {
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        while (body.Length < NewRelicLimits.Answer)
        {
            int read = await stream.ReadAsync(body.GetMemory(ReadBytes), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return;
            body.Advance(read);
        }
    }

    /// <summary>ExportTraceServiceResponse: partial_success = 1; ExportTracePartialSuccess: rejected_spans = 1, error_message = 2.</summary>
    private static bool TryReadRejected(ReadOnlySpan<byte> message, out ulong rejected)
    {
        rejected = 0;
        if (!TryReadField(ref message, out int field, out _, out ReadOnlySpan<byte> partial) || field != 1)
            return false;
        while (!partial.IsEmpty)
        {
            if (!TryReadField(ref partial, out field, out ulong number, out _))
                return false;
            if (field == 1)
                rejected = number;
        }

        return message.IsEmpty;
    }

    private static bool TryReadField(ref ReadOnlySpan<byte> message, out int field, out ulong number, out ReadOnlySpan<byte> bytes)
    {
        field = 0;
        bytes = default;
        if (!TryReadNumber(ref message, out ulong tag) | !TryReadNumber(ref message, out number))
            return false;
        field = (int)(tag >> 3);
        if ((tag & 7) == 0)
            return true;
        if ((tag & 7) != 2 || number > (ulong)message.Length)
            return false;
        bytes = message[..(int)number];
        message = message[(int)number..];
        return true;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> message, out ulong number)
    {
        number = 0;
        for (int index = 0; index < Math.Min(message.Length, 10); index++)
        {
            number |= (ulong)(message[index] & 0x7F) << (7 * index);
            if (message[index] >= 0x80)
                continue;
            message = message[(index + 1)..];
            return true;
        }

        return false;
    }
}
