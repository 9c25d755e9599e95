using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Webhook;

/// <summary>How many events a request carries.</summary>
public enum WebhookMode
{
    /// <summary>All of the batch, as the format or template joins them.</summary>
    [JsonStringEnumMemberName("batch")]
    Batch,

    /// <summary>One; the next follows when it is answered.</summary>
    [JsonStringEnumMemberName("single")]
    Single,
}
