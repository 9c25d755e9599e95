using System.Buffers;
using AuditHost.PluginKit.Alerts;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Teams;

/// <summary>The facts of a card. What an event does not say is left out; without any there is no list.</summary>
internal static class CardFacts
{
    public static void Write(AuditEvent auditEvent, ref JsonWriter json)
    {
        bool any = false;
        Write("Type"u8, auditEvent.Type, ref any, ref json);
        Write("Detail"u8, AlertDetail.Of(auditEvent), ref any, ref json);
        Write("User"u8, auditEvent.User, ref any, ref json);
        Write("Host"u8, auditEvent.Host, ref any, ref json);
        Write("Source"u8, auditEvent.Source, ref any, ref json);
        Write("Operation"u8, auditEvent.Operation, ref any, ref json);
        Write("Classification"u8, auditEvent.Classification, ref any, ref json);
        WriteProfiles(auditEvent.ComplianceProfiles, ref any, ref json);
        if (!any)
            return;
        json.EndArray();
        json.EndObject();
    }

    private static void WriteProfiles(EventValue profiles, ref bool any, ref JsonWriter json)
    {
        if (profiles.Kind != EventValueKind.Array)
            return;
        byte[] joined = ArrayPool<byte>.Shared.Rent(profiles.Raw.Length);
        Write("Compliance"u8, joined.AsSpan(0, ScalarList.Join(profiles.Raw, joined)), ref any, ref json);
        ArrayPool<byte>.Shared.Return(joined);
    }

    private static void Write(ReadOnlySpan<byte> name, EventValue value, ref bool any, ref JsonWriter json)
    {
        using var text = new DecodedText(value);
        Write(name, text.Utf8, ref any, ref json);
    }

    private static void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ref bool any, ref JsonWriter json)
    {
        if (!ShownText.HasAny(value))
            return;
        if (!any)
        {
            json.BeginObject();
            json.Member("type"u8, "FactSet"u8);
            json.Name("facts"u8);
            json.BeginArray();
        }

        any = true;
        var text = new CardText(stackalloc byte[CardLimits.Fact + CardLimits.Markup], CardLimits.Fact);
        text.Value(value);
        json.BeginObject();
        json.Member("title"u8, name);
        json.Name("value"u8);
        json.String(text.Written);
        json.EndObject();
    }
}
