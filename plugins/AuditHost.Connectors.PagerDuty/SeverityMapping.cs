using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace AuditHost.Connectors.PagerDuty;

/// <summary>PagerDuty's word for each severity of an event.</summary>
public sealed class SeverityMapping
{
    [JsonPropertyName("Critical")]
    [Description("For Critical.")]
    [AllowedValues("critical", "error", "warning", "info")]
    [DefaultValue("critical")]
    public string Critical { get; set; } = "critical";

    [JsonPropertyName("High")]
    [Description("For High.")]
    [AllowedValues("critical", "error", "warning", "info")]
    [DefaultValue("error")]
    public string High { get; set; } = "error";

    [JsonPropertyName("Medium")]
    [Description("For Medium.")]
    [AllowedValues("critical", "error", "warning", "info")]
    [DefaultValue("warning")]
    public string Medium { get; set; } = "warning";

    [JsonPropertyName("Low")]
    [Description("For Low.")]
    [AllowedValues("critical", "error", "warning", "info")]
    [DefaultValue("info")]
    public string Low { get; set; } = "info";

    [JsonPropertyName("Info")]
    [Description("For Info.")]
    [AllowedValues("critical", "error", "warning", "info")]
    [DefaultValue("info")]
    public string Info { get; set; } = "info";
}
