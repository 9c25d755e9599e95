using System.Text.Json;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ocsf;

/// <summary>Writes what findings have: <c>finding_info</c> and what was found.</summary>
internal static class OcsfFinding
{
    private const int Pass = 1;
    private const int Warning = 2;
    private const int Fail = 3;

    public static void WriteDetection(AuditEvent auditEvent, ref JsonWriter json)
    {
        EventValue kind = auditEvent.Find("payload.data.security_event_type");
        json.Name("finding_info"u8);
        json.BeginObject();
        WriteIdentity(auditEvent, kind, ref json);
        json.TextMember("uid_alt"u8, auditEvent.Find("payload.data.incident_id"));
        OcsfTexts.WriteJoined("desc"u8, auditEvent.Find("payload.data.threat_indicators"), ref json);
        if (JsonWriter.IsText(kind))
        {
            json.Name("types"u8);
            json.BeginArray();
            json.WholeText(kind);
            json.EndArray();
        }

        json.EndObject();
        json.Name("is_alert"u8);
        json.Boolean(true);
        OcsfResources.Write(auditEvent, ref json);
        WriteEvidence(auditEvent, ref json);
        EventValue actions = auditEvent.Find("payload.data.remediation_actions");
        if (!OcsfTexts.HasAny(actions))
            return;
        json.Name("remediation"u8);
        json.BeginObject();
        OcsfTexts.WriteJoined("desc"u8, actions, ref json);
        json.EndObject();
    }

    public static void WriteCompliance(AuditEvent auditEvent, ref JsonWriter json)
    {
        EventValue framework = auditEvent.Find("payload.data.compliance_framework");
        json.Name("finding_info"u8);
        json.BeginObject();
        WriteIdentity(auditEvent, framework, ref json);
        json.EndObject();
        json.Name("compliance"u8);
        json.BeginObject();
        if (!json.TextListMember("standards"u8, auditEvent.ComplianceProfiles) && JsonWriter.IsText(framework))
        {
            json.Name("standards"u8);
            json.BeginArray();
            json.WholeText(framework);
            json.EndArray();
        }

        EventValue result = auditEvent.Find("payload.data.validation_result");
        WriteStatus(result.Equals("Compliant"u8) ? Pass : result.Equals("RequiresReview"u8) ? Warning : result.Equals("NonCompliant"u8) ? Fail : 0, ref json);
        WriteChecks(auditEvent.Find("payload.data.violations"), ref json);
        json.EndObject();
    }

    private static void WriteIdentity(AuditEvent auditEvent, EventValue title, ref JsonWriter json)
    {
        // Required, so it stands there even where the producer's id is empty.
        json.Name("uid"u8);
        json.WholeText(auditEvent.Id);
        json.TextMember("title"u8, JsonWriter.IsText(title) ? title : auditEvent.Type);
        json.Name("created_time"u8);
        json.Number(auditEvent.Time.ToUnixTimeMilliseconds());
    }

    private static void WriteEvidence(AuditEvent auditEvent, ref JsonWriter json)
    {
        if (!EventParties.Address(auditEvent).HasValue)
            return;
        json.Name("evidences"u8);
        json.BeginArray();
        json.BeginObject();
        OcsfParties.WriteSource(auditEvent, ref json);
        json.EndObject();
        json.EndArray();
    }

    private static void WriteChecks(EventValue violations, ref JsonWriter json)
    {
        if (violations.Kind != EventValueKind.Array)
            return;
        bool begun = false;
        var reader = new Utf8JsonReader(violations.Raw);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            if (!begun)
            {
                json.Name("checks"u8);
                json.BeginArray();
                begun = true;
            }

            WriteCheck(ref reader, ref json);
        }

        if (begun)
            json.EndArray();
    }

    private static void WriteCheck(ref Utf8JsonReader reader, ref JsonWriter json)
    {
        EventValue id = default;
        EventValue regulation = default;
        EventValue severity = default;
        EventValue description = default;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            bool isId = reader.ValueTextEquals("violation_id"u8);
            bool isRegulation = reader.ValueTextEquals("regulation"u8);
            bool isSeverity = reader.ValueTextEquals("severity"u8);
            bool isDescription = reader.ValueTextEquals("description"u8);
            reader.Read();
            reader.Skip();
            EventValue value = reader.TokenType == JsonTokenType.String ? new EventValue(EventValueKind.String, reader.ValueSpan) : default;
            if (isId)
                id = value;
            else if (isRegulation)
                regulation = value;
            else if (isSeverity)
                severity = value;
            else if (isDescription)
                description = value;
        }

        json.BeginObject();
        json.TextMember("uid"u8, id);
        json.TextMember("desc"u8, description);
        OcsfSeverity.Write(severity, ref json);
        if (JsonWriter.IsText(regulation))
        {
            json.Name("standards"u8);
            json.BeginArray();
            json.WholeText(regulation);
            json.EndArray();
        }

        WriteStatus(Fail, ref json);
        json.EndObject();
    }

    private static void WriteStatus(int id, ref JsonWriter json)
    {
        json.Name("status_id"u8);
        json.Number(id);
        json.Member("status"u8, id switch
        {
            Pass => "Pass"u8,
            Warning => "Warning"u8,
            Fail => "Fail"u8,
            _ => "Unknown"u8,
        });
    }
}
