using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AuditHost.Intake.Http;

/// <summary>Reads from a request's headers how its body holds events.</summary>
internal static class BodyFormats
{
    public static readonly string[] Supported =
        ["application/json", "application/x-ndjson", "application/cloudevents+json", "application/cloudevents-batch+json"];

    /// <exception cref="RefusedRequestException">The media type or its charset is none that is taken.</exception>
    public static BodyFormat Of(HttpRequest request)
    {
        string? contentType = request.ContentType;
        bool known = MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type);
        BodyFormat? format = known ? Match(type!.MediaType.AsSpan()) : null;
        if (format is not (BodyFormat.CloudEvent or BodyFormat.CloudEventBatch) && CloudEventBinary.IsOne(request.Headers))
            return BodyFormat.CloudEventBinary;
        if (format is null)
            throw new RefusedRequestException(Problems.UnsupportedType(contentType, Supported));
        ReadOnlySpan<char> charset = HeaderUtilities.RemoveQuotes(type!.Charset).AsSpan();
        if (!charset.IsEmpty && !Is(charset, "utf-8") && !Is(charset, "utf8") && !Is(charset, "us-ascii"))
            throw new RefusedRequestException(Problems.UnsupportedCharset(charset.ToString()));
        return format.Value;
    }

    private static BodyFormat? Match(ReadOnlySpan<char> type)
    {
        if (Is(type, "application/json"))
            return BodyFormat.Json;
        if (Is(type, "application/x-ndjson") || Is(type, "application/ndjson") || Is(type, "application/jsonl"))
            return BodyFormat.Lines;
        if (Is(type, "application/cloudevents+json"))
            return BodyFormat.CloudEvent;
        return Is(type, "application/cloudevents-batch+json") ? BodyFormat.CloudEventBatch : null;
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
