using System.Text.Json;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ocsf;

/// <summary>Writes <c>metadata</c>: where the event came from, and the id by which one that came twice is told.</summary>
internal sealed class OcsfMetadata(OcsfFormatterSettings settings)
{
    private readonly byte[] _vendor = Encode(settings.Vendor);
    private readonly byte[] _product = Encode(settings.Product);
    private readonly byte[] _version = Encode(settings.ProductVersion);
    private readonly byte[] _logName = Encode(settings.LogName);
    private readonly byte[] _tenant = Encode(settings.TenantUid);

    public void Write(AuditEvent auditEvent, OcsfClass eventClass, ref JsonWriter json)
    {
        json.Name("metadata"u8);
        json.BeginObject();
        json.Member("version"u8, "1.8.0"u8);
        if (eventClass.HasHostProfile)
        {
            json.Name("profiles"u8);
            json.Literal("""["host"]"""u8);
        }

        json.TextMember("uid"u8, auditEvent.Id);

        // OCSF's integers have 32 bits where they become columns.
        if (auditEvent.Sequence <= int.MaxValue)
        {
            json.Name("sequence"u8);
            json.Number(auditEvent.Sequence);
        }

        json.TextMember("correlation_uid"u8, auditEvent.Operation);
        json.TextMember("event_code"u8, auditEvent.Type);
        Setting("log_name"u8, _logName, ref json);
        json.TextMember("log_provider"u8, auditEvent.Source);
        json.TextMember("original_time"u8, auditEvent.Timestamp);
        json.Name("logged_time"u8);
        json.Number(auditEvent.ReceivedAt.ToUnixTimeMilliseconds());
        Setting("tenant_uid"u8, _tenant, ref json);
        json.Name("product"u8);
        json.BeginObject();
        Setting("name"u8, _product, ref json);
        Setting("vendor_name"u8, _vendor, ref json);
        if (_version.Length > 0)
            Setting("version"u8, _version, ref json);
        else
            json.TextMember("version"u8, auditEvent.Find("context.environment.version"));
        json.EndObject();
        WriteTags(auditEvent, ref json);
        json.EndObject();
    }

    private static void WriteTags(AuditEvent auditEvent, ref JsonWriter json)
    {
        bool classified = JsonWriter.IsText(auditEvent.Classification);
        bool regulated = OcsfTexts.HasAny(auditEvent.ComplianceProfiles);
        if (!classified && !regulated)
            return;
        json.Name("tags"u8);
        json.BeginArray();
        if (classified)
        {
            json.BeginObject();
            json.Member("name"u8, "classification"u8);
            json.TextMember("value"u8, auditEvent.Classification);
            json.EndObject();
        }

        if (regulated)
        {
            json.BeginObject();
            json.Member("name"u8, "compliance_profiles"u8);
            json.TextListMember("values"u8, auditEvent.ComplianceProfiles);
            json.EndObject();
        }

        json.EndArray();
    }

    private static void Setting(ReadOnlySpan<byte> name, byte[] escaped, ref JsonWriter json)
    {
        if (escaped.Length == 0)
            return;
        json.Name(name);
        json.Quoted(escaped);
    }

    private static byte[] Encode(string? text) => text is null ? [] : JsonEncodedText.Encode(text).EncodedUtf8Bytes.ToArray();
}
