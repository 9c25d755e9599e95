using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Prometheus;

/// <summary>Which names are used for families whose name in the integration design breaks a rule of Prometheus.</summary>
public enum NameChoice
{
    [JsonStringEnumMemberName("both")]
    Both,

    [JsonStringEnumMemberName("given")]
    Given,

    [JsonStringEnumMemberName("clean")]
    Clean,
}
