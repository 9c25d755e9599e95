using System.Text.Json.Serialization;

namespace AuditHost.Formats.Ecs;

/// <summary>What becomes of the parts of an event that ECS has no fields for.</summary>
public enum EcsPayload
{
    /// <summary>They are an object; the index makes fields of its members.</summary>
    [JsonStringEnumMemberName("fields")]
    Fields,

    /// <summary>They are their JSON in a string; the index makes one field of them.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>They are left out.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}
