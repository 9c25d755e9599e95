using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http;

/// <summary>Writes a CloudEvent that came in binary mode in its structured form: that is the event that is stored.</summary>
internal static class BinaryCloudEvent
{
    private const string Prefix = "ce-";

    public static void Write(HttpRequest request, ReadOnlyMemory<byte> data, PooledBuffer output)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in request.Headers)
        {
            // Header values are percent-encoded by the binding's rules for what is not printable ASCII.
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                writer.WriteString(name[Prefix.Length..].ToLowerInvariant(), Uri.UnescapeDataString(value.ToString()));
        }

        if (request.ContentType is { Length: > 0 } contentType)
            writer.WriteString("datacontenttype", contentType);
        if (!data.IsEmpty)
            WriteData(writer, request, data);
        writer.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter writer, HttpRequest request, ReadOnlyMemory<byte> data)
    {
        if (request.HasJsonContentType())
        {
            writer.WritePropertyName("data");
            try
            {
                writer.WriteRawValue(data.Span);
            }
            catch (JsonException exception)
            {
                throw IntakeException.Bad($"The event's data is not valid JSON: {EventParser.FirstSentence(exception.Message)}");
            }
        }
        else if (Utf8.IsValid(data.Span))
        {
            writer.WriteString("data", data.Span);
        }
        else
        {
            writer.WriteBase64String("data_base64", data.Span);
        }
    }
}
