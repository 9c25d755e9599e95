using System.Text.Json.Serialization;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>The class of a log group, which decides what it costs and what it can do. It cannot be changed later.</summary>
public enum LogGroupClass
{
    /// <summary>Everything.</summary>
    [JsonStringEnumMemberName("standard")]
    Standard,

    /// <summary>Cheaper ingestion; no metric filters, no subscription filters, no live tail.</summary>
    [JsonStringEnumMemberName("infrequent_access")]
    InfrequentAccess,
}
