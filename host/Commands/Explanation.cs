namespace AuditHost.Commands;

/// <summary>What <c>explain</c> says of one event and one destination.</summary>
/// <param name="Event">The event's id.</param>
/// <param name="Destination">The destination.</param>
/// <param name="Sent">Whether it goes there.</param>
/// <param name="Reason">The filter that keeps it out, or why it cannot be rendered.</param>
/// <param name="Payload">What exactly is sent.</param>
internal sealed record Explanation(string Event, string Destination, bool Sent, string? Reason, string? Payload);
