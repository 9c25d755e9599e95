using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace AuditHost.Intake.Http;

/// <summary>Turns a CloudEvent in binary mode into the structured one, which is what becomes the event's bytes.</summary>
internal static class CloudEventBinary
{
    private const string Prefix = "ce-";

    private static readonly string[] Required = ["specversion", "id", "source", "type"];
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool IsOne(IHeaderDictionary headers) => headers.ContainsKey("ce-specversion");

    /// <exception cref="RefusedRequestException">An attribute is missing or bad, or the data is not the JSON it is said to be.</exception>
    public static void Write(IHeaderDictionary headers, string? contentType, ReadOnlyMemory<byte> data, BodyBuffer envelope)
    {
        List<EventProblem> errors = [];
        using (var json = new Utf8JsonWriter(envelope, Options))
        {
            json.WriteStartObject();
            foreach (string name in Required)
            {
                if (headers[Prefix + name].Count == 0)
                    errors.Add(new EventProblem(0, 1, $"$.{name}", $"The header {Prefix}{name} is missing."));
                else
                    WriteAttribute(json, name, headers[Prefix + name], errors);
            }

            foreach ((string header, StringValues value) in headers)
            {
                string name = NameOf(header);
                if (name.Length > 0 && !Required.Contains(name))
                    WriteAttribute(json, name, value, errors);
            }

            if (!string.IsNullOrEmpty(contentType))
                json.WriteString("datacontenttype"u8, contentType);
            if (!data.IsEmpty)
                WriteData(json, contentType, data.Span, errors);
            json.WriteEndObject();
        }

        if (errors.Count > 0)
            throw new RefusedRequestException(Problems.BadEvents(errors, errors.Count));
    }

    private static string NameOf(string header) =>
        header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].ToLowerInvariant() : "";

    private static void WriteAttribute(Utf8JsonWriter json, string name, StringValues value, List<EventProblem> errors)
    {
        // These names belong to the body in the structured form.
        bool taken = name is "data" or "datacontenttype";
        if (taken || name.AsSpan().ContainsAnyExcept(NameCharacters))
            errors.Add(new EventProblem(0, 1, $"$.{name}", $"The header {Prefix}{name} names no CloudEvents attribute; letters and digits do."));
        else if (value is [{ Length: > 0 } text])
            json.WriteString(name, Uri.UnescapeDataString(text));
        else
            errors.Add(new EventProblem(0, 1, $"$.{name}", $"The header {Prefix}{name} is empty or stands twice."));
    }

    private static void WriteData(Utf8JsonWriter json, string? contentType, ReadOnlySpan<byte> data, List<EventProblem> errors)
    {
        bool named = MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type);
        if (string.IsNullOrEmpty(contentType) || (named && IsJson(type!)))
            WriteJson(json, data, errors);
        else if (named && type!.Type.Equals("text", StringComparison.OrdinalIgnoreCase) && Utf8.IsValid(data))
            json.WriteString("data"u8, data);
        else
            json.WriteBase64String("data_base64"u8, data);
    }

    /// <summary>Without a type the data is JSON, as the structured form takes it to be.</summary>
    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);

    private static void WriteJson(Utf8JsonWriter json, ReadOnlySpan<byte> data, List<EventProblem> errors)
    {
        json.WritePropertyName("data"u8);
        try
        {
            json.WriteRawValue(data);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            json.WriteNullValue();
            errors.Add(new EventProblem(0, 1, "$.data", $"The body is not the JSON that Content-Type says it is. {exception.Message}"));
        }
    }
}
