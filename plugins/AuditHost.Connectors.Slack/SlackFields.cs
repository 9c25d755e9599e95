using AuditHost.PluginKit.Alerts;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Slack;

/// <summary>The fields of a message, two beside each other. Without any there is no block.</summary>
internal struct SlackFields : IFactWriter
{
    private bool _any;

    public static void Write(AuditEvent auditEvent, ref JsonWriter json)
    {
        var fields = new SlackFields();
        AlertFacts.Write(auditEvent, ref fields, ref json);
        if (!fields._any)
            return;
        json.EndArray();
        json.EndObject();
    }

    public void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ref JsonWriter json)
    {
        if (!_any)
        {
            SlackBlock.Begin("section"u8, ref json);
            json.Name("fields"u8);
            json.BeginArray();
        }

        _any = true;
        var text = new SlackText(stackalloc byte[SlackLimits.Field + SlackLimits.Markup], SlackLimits.Field);
        text.Markup("*"u8);
        text.Markup(name);
        text.Markup("*\n"u8);
        text.Value(value);
        SlackBlock.Mrkdwn(text.Written, ref json);
    }
}
