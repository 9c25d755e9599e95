using System.Buffers;
using AuditHost.PluginKit.Alerts;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Slack;

/// <summary>The fields of a message, two beside each other. What an event does not say is left out; without any there is no block.</summary>
internal static class SlackFields
{
    public static void Write(AuditEvent auditEvent, ref JsonWriter json)
    {
        bool any = false;
        Write("*Type*\n"u8, auditEvent.Type, ref any, ref json);
        Write("*Detail*\n"u8, AlertDetail.Of(auditEvent), ref any, ref json);
        Write("*User*\n"u8, auditEvent.User, ref any, ref json);
        Write("*Host*\n"u8, auditEvent.Host, ref any, ref json);
        Write("*Source*\n"u8, auditEvent.Source, ref any, ref json);
        Write("*Operation*\n"u8, auditEvent.Operation, ref any, ref json);
        Write("*Classification*\n"u8, auditEvent.Classification, ref any, ref json);
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
        Write("*Compliance*\n"u8, joined.AsSpan(0, ScalarList.Join(profiles.Raw, joined)), ref any, ref json);
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
            SlackBlock.Begin("section"u8, ref json);
            json.Name("fields"u8);
            json.BeginArray();
        }

        any = true;
        var text = new SlackText(stackalloc byte[SlackLimits.Field + SlackLimits.Markup], SlackLimits.Field);
        text.Markup(name);
        text.Value(value);
        SlackBlock.Mrkdwn(text.Written, ref json);
    }
}
