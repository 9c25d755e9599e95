using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>Writes details, which are texts by name, until the characters that an alert may have of them are used up.</summary>
internal static class DetailsWriter
{
    /// <summary>What is left of the last ones that fit is worth showing from here on.</summary>
    private const int LeastCharacters = 20;

    /// <summary>Writes one, or as much of it as there is room for.</summary>
    /// <param name="json">Where to, inside the object.</param>
    /// <param name="name">Its name as JSON has it, without quotes.</param>
    /// <param name="value">Its value; whatever is no text becomes one.</param>
    /// <param name="left">How many characters there is room for.</param>
    public static void Write(ref JsonWriter json, scoped ReadOnlySpan<byte> name, scoped EventValue value, ref int left)
    {
        using var text = new DecodedText(value);
        Write(ref json, name, text.Utf8, ref left);
    }

    /// <inheritdoc cref="Write(ref JsonWriter, ReadOnlySpan{byte}, EventValue, ref int)"/>
    public static void Write(ref JsonWriter json, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value, ref int left)
    {
        // The name counts as it stands: with its escapes it is longer, never shorter, than what it means.
        int room = left - name.Length;
        if (value.IsEmpty || (room < LeastCharacters && value.Length > room))
            return;
        ReadOnlySpan<byte> text = Utf8Text.CutCharacters(value, room);
        json.Name(name);
        json.String(text);
        left = room - Encoding.UTF8.GetCharCount(text);
    }
}
