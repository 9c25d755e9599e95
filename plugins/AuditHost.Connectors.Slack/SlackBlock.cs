using AuditHost.PluginKit.Text;

namespace AuditHost.Connectors.Slack;

/// <summary>What blocks of Block Kit have in common.</summary>
internal static class SlackBlock
{
    /// <summary>Begins a block; its members follow, and the end of the object.</summary>
    public static void Begin(ReadOnlySpan<byte> type, ref JsonWriter json)
    {
        json.BeginObject();
        json.Member("type"u8, type);
    }

    /// <summary>Begins a text without markup; the text itself follows.</summary>
    public static void BeginPlainText(ref JsonWriter json)
    {
        Begin("plain_text"u8, ref json);
        json.Name("text"u8);
    }

    /// <summary>Ends it. A name between colons stays what it is, and becomes no picture.</summary>
    public static void EndPlainText(ref JsonWriter json)
    {
        json.Name("emoji"u8);
        json.Boolean(false);
        json.EndObject();
    }

    /// <summary>Writes a text with markup. Verbatim: Slack must not look for addresses, channels and people by itself.</summary>
    public static void Mrkdwn(scoped ReadOnlySpan<byte> text, ref JsonWriter json)
    {
        Begin("mrkdwn"u8, ref json);
        json.Name("text"u8);
        json.String(text);
        json.Name("verbatim"u8);
        json.Boolean(true);
        json.EndObject();
    }
}
