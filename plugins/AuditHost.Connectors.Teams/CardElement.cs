using AuditHost.PluginKit.Text;

namespace AuditHost.Connectors.Teams;

/// <summary>What texts of a card have in common.</summary>
internal static class CardElement
{
    /// <summary>Begins a text; the text itself follows, further members and its end.</summary>
    public static void BeginText(ReadOnlySpan<byte> size, ReadOnlySpan<byte> weight, ReadOnlySpan<byte> colour, ref JsonWriter json)
    {
        json.BeginObject();
        json.Member("type"u8, "TextBlock"u8);
        json.Member("size"u8, size);
        json.Member("weight"u8, weight);
        json.Member("color"u8, colour);
        json.Name("wrap"u8);
        json.Boolean(true);
        json.Name("text"u8);
    }

    public static void EndText(ref JsonWriter json) => json.EndObject();
}
