using System.Text.Json.Serialization;

namespace AuditHost.Connectors.AppDynamics;

/// <summary>The types of columns that the Events Service has and that events fill ("Analytics Events API").</summary>
public enum ColumnType
{
    [JsonStringEnumMemberName("string")]
    String,

    [JsonStringEnumMemberName("integer")]
    Integer,

    [JsonStringEnumMemberName("float")]
    Float,

    [JsonStringEnumMemberName("boolean")]
    Boolean,

    [JsonStringEnumMemberName("date")]
    Date,
}
