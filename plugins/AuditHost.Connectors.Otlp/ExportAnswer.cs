using System.Globalization;
using System.Text;
using System.Text.Json;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Protobuf;

namespace AuditHost.Connectors.Otlp;

/// <summary>What a receiver says to a request: an <c>ExportLogsServiceResponse</c> after a success.</summary>
/// <param name="Rejected">How many records it did not take.</param>
/// <param name="Message">Why, or what it warns of; empty for nothing.</param>
internal readonly record struct ExportAnswer(long Rejected, string Message)
{
    /// <summary>Reads the answer to a success in protobuf; <see langword="null"/> where it is none.</summary>
    public static ExportAnswer? ReadProtobuf(ReadOnlySpan<byte> message)
    {
        var answer = new ExportAnswer(0, string.Empty);
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field != OtlpField.ResponsePartialSuccess || !reader.HasBytes)
                continue;
            if (ReadPartial(reader.Bytes) is not { } partial)
                return null;
            answer = partial;
        }

        return reader.IsBroken ? null : answer;
    }

    /// <summary>Reads the answer to a success in JSON; <see langword="null"/> where it is none.</summary>
    public static ExportAnswer? ReadJson(ReadOnlySpan<byte> json)
    {
        if (Parse(json) is not { ValueKind: JsonValueKind.Object } root)
            return null;
        if (root.MemberOrNull("partialSuccess") is not { } partial || partial.ValueKind == JsonValueKind.Null)
            return new ExportAnswer(0, string.Empty);
        if (partial.ValueKind != JsonValueKind.Object)
            return null;
        long rejected = 0;
        if (partial.MemberOrNull("rejectedLogRecords") is { } count && !TryReadCount(count, out rejected))
            return null;
        return new ExportAnswer(rejected, TextOf(partial, "errorMessage"));
    }

    private static ExportAnswer? ReadPartial(ReadOnlySpan<byte> message)
    {
        long rejected = 0;
        string text = string.Empty;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader is { Field: OtlpField.PartialRejected, Integer: { } count })
                rejected = (long)count;
            else if (reader.Field == OtlpField.PartialMessage && reader.HasBytes)
                text = ResponseText.Clean(reader.Bytes) ?? string.Empty;
        }

        return reader.IsBroken ? null : new ExportAnswer(rejected, text);
    }

    private static JsonElement? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            var root = JsonElement.ParseValue(ref reader);
            return reader.Read() ? null : root;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // An integer of 64 bits is a string in protobuf's JSON; a number is taken as well.
    private static bool TryReadCount(JsonElement value, out long count)
    {
        count = 0;
        return value.ValueKind switch
        {
            JsonValueKind.Null => true,
            JsonValueKind.Number => value.TryGetInt64(out count),
            JsonValueKind.String => long.TryParse(value.TextOrNull(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out count),
            _ => false,
        };
    }

    private static string TextOf(JsonElement partial, string name) =>
        partial.TextOrNull(name) is { } text ? ResponseText.Clean(Encoding.UTF8.GetBytes(text)) ?? string.Empty : string.Empty;
}
