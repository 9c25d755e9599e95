using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>The priority for each severity of an event.</summary>
public sealed class PriorityMapping
{
    [JsonPropertyName("Critical")]
    [Description("For Critical.")]
    [AllowedValues("P1", "P2", "P3", "P4", "P5")]
    [DefaultValue("P1")]
    public string Critical { get; set; } = "P1";

    [JsonPropertyName("High")]
    [Description("For High.")]
    [AllowedValues("P1", "P2", "P3", "P4", "P5")]
    [DefaultValue("P2")]
    public string High { get; set; } = "P2";

    [JsonPropertyName("Medium")]
    [Description("For Medium.")]
    [AllowedValues("P1", "P2", "P3", "P4", "P5")]
    [DefaultValue("P3")]
    public string Medium { get; set; } = "P3";

    [JsonPropertyName("Low")]
    [Description("For Low.")]
    [AllowedValues("P1", "P2", "P3", "P4", "P5")]
    [DefaultValue("P4")]
    public string Low { get; set; } = "P4";

    [JsonPropertyName("Info")]
    [Description("For Info.")]
    [AllowedValues("P1", "P2", "P3", "P4", "P5")]
    [DefaultValue("P5")]
    public string Info { get; set; } = "P5";
}
