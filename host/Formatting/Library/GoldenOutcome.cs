using System.Text.Json.Serialization;

namespace AuditHost.Formatting.Library;

/// <summary>How a template's test ended.</summary>
internal enum GoldenOutcome
{
    [JsonStringEnumMemberName("passed")]
    Passed,

    /// <summary>The rendering is another, or there is none.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>What is expected was written anew.</summary>
    [JsonStringEnumMemberName("updated")]
    Updated,

    /// <summary>There is nothing to test it with.</summary>
    [JsonStringEnumMemberName("no_sample")]
    NoSample,
}
