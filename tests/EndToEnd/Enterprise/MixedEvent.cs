namespace AuditHost.EndToEnd.Enterprise;

/// <summary>What decides where an event of <see cref="MixedEvents"/> goes.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">Its type.</param>
/// <param name="Severity">Its severity.</param>
internal sealed record MixedEvent(string Id, string Type, string Severity);
