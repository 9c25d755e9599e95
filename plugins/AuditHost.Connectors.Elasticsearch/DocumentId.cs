using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>Where a document's <c>_id</c> comes from. It is the same on every attempt, which is what finds an event that is there already.</summary>
public enum DocumentId
{
    /// <summary>The event's place in this host's journal: no two events share it.</summary>
    [JsonStringEnumMemberName("key")]
    Key,

    /// <summary>The event's own id, where it has one that can be an <c>_id</c>.</summary>
    [JsonStringEnumMemberName("event_id")]
    EventId,
}
