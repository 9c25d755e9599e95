using System.Text.Json;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Protobuf;

namespace AuditHost.Connectors.Datadog.Spans;

/// <summary>What a receiver says after a success: an <c>ExportTraceServiceResponse</c>.</summary>
/// <param name="Rejected">How many spans it did not take.</param>
/// <param name="Message">Why, or what it warns of; empty for nothing.</param>
internal readonly record struct SpanAnswer(long Rejected, string Message)
{
    private const int MaxMessage = 300;

    /// <summary>Reads an answer in the encoding that its head says; <see langword="null"/> where it is none.</summary>
    public static SpanAnswer? Read(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        string? type = response.Content.Headers.ContentType?.MediaType;

        // A message without fields has no bytes: everything was taken.
        if (body.IsEmpty)
            return type is null || !JsonMediaType.Matches(type) ? new SpanAnswer(0, string.Empty) : null;
        if (type is not null && JsonMediaType.Matches(type))
            return ReadJson(body);
        return type is "application/x-protobuf" or "application/protobuf" ? ReadMessage(body) : null;
    }

    private static SpanAnswer? ReadMessage(ReadOnlySpan<byte> message)
    {
        var answer = new SpanAnswer(0, string.Empty);
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field != TraceField.ResponsePartialSuccess || !reader.HasBytes)
                continue;
            var partial = new ProtobufReader(reader.Bytes);
            while (partial.Read())
            {
                if (partial is { Field: TraceField.PartialRejected, Integer: { } count })
                    answer = answer with { Rejected = (long)count };
                else if (partial.Field == TraceField.PartialMessage && partial.HasBytes)
                    answer = answer with { Message = Clean(partial.Bytes) };
            }

            if (partial.IsBroken)
                return null;
        }

        return reader.IsBroken ? null : answer;
    }

    /// <summary>The answer is in the request's encoding; a proxy that answers JSON to protobuf is understood too.</summary>
    private static SpanAnswer? ReadJson(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            if (!document.RootElement.TryGetProperty("partialSuccess", out JsonElement partial) || partial.ValueKind == JsonValueKind.Null)
                return new SpanAnswer(0, string.Empty);
            if (partial.ValueKind != JsonValueKind.Object)
                return null;
            string count = partial.TryGetProperty("rejectedSpans", out JsonElement rejected) ? rejected.ToString() : "0";
            return long.TryParse(count, out long number) ? new SpanAnswer(number, number == 0 ? string.Empty : Clean(json)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Clean(ReadOnlySpan<byte> text) => ResponseText.Clean(text[..Math.Min(text.Length, MaxMessage)]) ?? string.Empty;
}
