using System.Text.Json;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>
/// Reads an error of the JSON 1.1 protocol: its name stands in <c>__type</c>, in <c>code</c> or in a header, with a namespace before a
/// <c>#</c> and perhaps an address behind a <c>:</c>. Source: Smithy, "AWS JSON 1.1 protocol", operation error serialization.
/// </summary>
internal static class LogsError
{
    public static (string? Code, string? Message) Read(ReadOnlySpan<byte> body, string? header)
    {
        string? type = null, code = null, message = null;
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return (NameOf(header), null);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                string? value = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
                if (name == "__type")
                    type = value;
                else if (name == "code")
                    code = value;
                else if (string.Equals(name, "message", StringComparison.OrdinalIgnoreCase))
                    message = value;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A body that is no JSON, or not to its end: what was understood until then stands.
        }

        return (NameOf(type) ?? NameOf(code) ?? NameOf(header), message);
    }

    private static string? NameOf(string? type)
    {
        if (string.IsNullOrEmpty(type))
            return null;
        string name = type[(type.IndexOf('#', StringComparison.Ordinal) + 1)..];
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? name : name[..colon];
    }
}
