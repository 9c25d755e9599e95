using AuditHost.Sdk;

namespace AuditHost.Formats.Cef;

/// <summary>The extensions that only one type of event has.</summary>
internal static class CefDetails
{
    public delegate void Write(AuditEvent auditEvent, ref CefWriter cef);

    public static void CopybookParse(AuditEvent auditEvent, ref CefWriter cef)
    {
        cef.Extension(" fname="u8, auditEvent.Find("payload.data.copybook_path"), CefLimits.Text);
        cef.Count(" fcount="u8, auditEvent.Find("payload.data.field_count"));
        cef.Escaped(" act=Parse"u8);
    }

    public static void DataValidation(AuditEvent auditEvent, ref CefWriter cef)
    {
        cef.Extension(" fname="u8, auditEvent.Find("payload.data.input_file"), CefLimits.Text);
        cef.Count(" cnt="u8, auditEvent.Find("payload.data.records_validated"));
        cef.Escaped(" act=Validate"u8);
    }

    public static void ComplianceCheck(AuditEvent auditEvent, ref CefWriter cef)
    {
        cef.Escaped(" act=Compliance Check"u8);
        cef.List(" cs1Label=Compliance Profiles cs1="u8, auditEvent.ComplianceProfiles);
        cef.Length(" cn1Label=Violations Found cn1="u8, auditEvent.Find("payload.data.violations"));
    }

    public static void SecurityEvent(AuditEvent auditEvent, ref CefWriter cef)
    {
        cef.Extension(" act="u8, auditEvent.Find("payload.data.security_event_type"), CefLimits.Action);

        // Resources are names such as dataset:PATIENT.MASTER; dvc takes an IPv4 address and nothing else.
        cef.List(" cs6Label=Affected Resources cs6="u8, auditEvent.Find("payload.data.affected_resources"));
    }

    public static void AnyOther(AuditEvent auditEvent, ref CefWriter cef) =>
        cef.Extension(" act="u8, auditEvent.Type, CefLimits.Action);
}
