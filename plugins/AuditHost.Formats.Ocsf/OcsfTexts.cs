using System.Buffers;
using System.Text.Json;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ocsf;

/// <summary>Lists of texts in an event.</summary>
internal static class OcsfTexts
{
    /// <summary>Whether an array has a text that is not empty.</summary>
    public static bool HasAny(EventValue array)
    {
        if (array.Kind != EventValueKind.Array)
            return false;
        var reader = new Utf8JsonReader(array.Raw);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            if (reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty)
                return true;
        }

        return false;
    }

    /// <summary>Writes a member with all of them in one text; nothing at all where there are none.</summary>
    public static void WriteJoined(ReadOnlySpan<byte> name, EventValue array, ref JsonWriter json)
    {
        if (!HasAny(array))
            return;
        byte[] joined = ArrayPool<byte>.Shared.Rent(array.Raw.Length);
        json.Member(name, joined.AsSpan(0, ScalarList.Join(array.Raw, joined)));
        ArrayPool<byte>.Shared.Return(joined);
    }
}
