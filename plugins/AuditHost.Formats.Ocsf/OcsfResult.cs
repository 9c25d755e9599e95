using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ocsf;

/// <summary>Writes how it ended and how long it took. A finding has no result but a state, and each is new.</summary>
internal static class OcsfResult
{
    public static void Write(AuditEvent auditEvent, OcsfClass eventClass, ref JsonWriter json)
    {
        if (eventClass.IsFinding)
            WriteStatus(1, "New"u8, ref json);
        else
            WriteOutcome(EventOutcomes.Of(auditEvent), ref json);
        if (eventClass == OcsfClass.ApplicationError)
            json.TextMember("status_code"u8, auditEvent.Find("payload.data.error_code"));
        if (PathOfDetail(auditEvent.Type) is { } detail)
            json.TextMember("status_detail"u8, auditEvent.Find(detail));
        if (PathOfDuration(auditEvent.Type) is { } duration)
            json.IntegerMember("duration"u8, auditEvent.Find(duration));
    }

    private static void WriteOutcome(EventOutcome outcome, ref JsonWriter json)
    {
        if (outcome == EventOutcome.Success)
            WriteStatus(1, "Success"u8, ref json);
        else if (outcome == EventOutcome.Failure)
            WriteStatus(2, "Failure"u8, ref json);
        else
            WriteStatus(0, "Unknown"u8, ref json);
    }

    private static void WriteStatus(int id, ReadOnlySpan<byte> name, ref JsonWriter json)
    {
        json.Name("status_id"u8);
        json.Number(id);
        json.Member("status"u8, name);
    }

    private static string? PathOfDetail(EventValue type)
    {
        if (type.Equals("AccessEvent"u8))
            return "payload.data.access_result";
        if (type.Equals("CopybookParse"u8))
            return "payload.data.parse_result";
        if (type.Equals("DataTransformation"u8))
            return "payload.data.transformation_result";
        if (type.Equals("DataValidation"u8) || type.Equals("ComplianceCheck"u8))
            return "payload.data.validation_result";
        if (type.Equals("PerformanceMeasurement"u8))
            return "payload.data.comparison_result";
        return type.Equals("ErrorEvent"u8) ? "payload.data.error_category" : null;
    }

    private static string? PathOfDuration(EventValue type)
    {
        if (type.Equals("CopybookParse"u8))
            return "payload.data.parsing_duration_ms";
        if (type.Equals("DataValidation"u8))
            return "payload.data.validation_duration_ms";
        return type.Equals("DataTransformation"u8) ? "payload.data.processing_duration_ms" : null;
    }
}
