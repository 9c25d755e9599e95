using AuditHost.PluginKit.Alerts;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Teams;

/// <summary>The facts of a card. Without any there is no list.</summary>
internal struct CardFacts : IFactWriter
{
    private bool _any;

    public static void Write(AuditEvent auditEvent, ref JsonWriter json)
    {
        var facts = new CardFacts();
        AlertFacts.Write(auditEvent, ref facts, ref json);
        if (!facts._any)
            return;
        json.EndArray();
        json.EndObject();
    }

    public void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ref JsonWriter json)
    {
        if (!_any)
        {
            json.BeginObject();
            json.Member("type"u8, "FactSet"u8);
            json.Name("facts"u8);
            json.BeginArray();
        }

        _any = true;
        var text = new CardText(stackalloc byte[CardLimits.Fact + CardLimits.Markup], CardLimits.Fact);
        text.Value(value);
        json.BeginObject();
        json.Member("title"u8, name);
        json.Name("value"u8);
        json.String(text.Written);
        json.EndObject();
    }
}
