using System.Text.Json.Serialization;

namespace AuditHost.PluginKit.Files;

/// <summary>When the clock alone starts a new file. Hours and days are those of UTC.</summary>
public enum RotationPeriod
{
    /// <summary>Never.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>With each hour.</summary>
    [JsonStringEnumMemberName("hourly")]
    Hourly,

    /// <summary>With each day.</summary>
    [JsonStringEnumMemberName("daily")]
    Daily,
}
