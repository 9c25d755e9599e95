using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Cef;

/// <summary>What the integration design says of one type of event: its signature id, its name and its own extensions.</summary>
internal sealed class CefEventClass
{
    private static readonly CefEventClass[] Known =
    [
        new("CopybookParse", "COPYBOOK:PARSE", "Copybook Parsing Operation", CefDetails.CopybookParse),
        new("DataValidation", "DATA:VALIDATE", "Data Validation Operation", CefDetails.DataValidation),
        new("DataTransformation", "DATA:TRANSFORM", "Data Transformation Operation", CefDetails.AnyOther),
        new("PerformanceMeasurement", "PERF:MEASURE", "Performance Measurement", CefDetails.AnyOther),
        new("ComplianceCheck", "COMPLIANCE:CHECK", "Compliance Validation Check", CefDetails.ComplianceCheck),
        new("SecurityEvent", "SECURITY:EVENT", "Security Event", CefDetails.SecurityEvent),
        new("LineageTracking", "LINEAGE:TRACK", "Data Lineage Tracking", CefDetails.AnyOther),
        new("ErrorEvent", "ERROR:EVENT", "Error Event", CefDetails.AnyOther),
        new("AccessEvent", "ACCESS:EVENT", "Access Event", CefDetails.AnyOther),
        new("ConfigurationChange", "CONFIG:CHANGE", "Configuration Change", CefDetails.AnyOther),
    ];

    private readonly byte[] _type;
    private readonly byte[] _header;

    private CefEventClass(string type, string signatureId, string name, CefDetails.Write writeDetails)
    {
        _type = Encoding.UTF8.GetBytes(type);
        _header = Encoding.UTF8.GetBytes($"{signatureId}|{name}|");
        WriteDetails = writeDetails;
    }

    /// <summary>Signature id and name with the bars after them; neither needs an escape.</summary>
    public ReadOnlySpan<byte> Header => _header;

    public CefDetails.Write WriteDetails { get; }

    /// <summary>The class of a type, null for a type that the design does not know.</summary>
    public static CefEventClass? Find(EventValue type)
    {
        // None of the names could be read as another value or holds a backslash, so the bytes received are compared first.
        foreach (CefEventClass known in Known)
        {
            if (type.Raw.SequenceEqual(known._type))
                return known;
        }

        return type.IsEscaped ? FindDecoded(type) : null;
    }

    private static CefEventClass? FindDecoded(EventValue type)
    {
        foreach (CefEventClass known in Known)
        {
            if (type.Equals(known._type))
                return known;
        }

        return null;
    }
}
