using System.Text.Json.Serialization;

namespace AuditHost.Connectors.GraphQL;

/// <summary>What an error's code means for the event.</summary>
public enum ErrorMeaning
{
    /// <summary>The server has it already.</summary>
    [JsonStringEnumMemberName("delivered")]
    Delivered,

    /// <summary>It may work later.</summary>
    [JsonStringEnumMemberName("transient")]
    Transient,

    /// <summary>A slower pace is asked for.</summary>
    [JsonStringEnumMemberName("throttled")]
    Throttled,

    /// <summary>The event will never be taken.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>It is too large.</summary>
    [JsonStringEnumMemberName("too_large")]
    TooLarge,

    /// <summary>The sender is refused, not the event.</summary>
    [JsonStringEnumMemberName("misconfigured")]
    Misconfigured,
}
