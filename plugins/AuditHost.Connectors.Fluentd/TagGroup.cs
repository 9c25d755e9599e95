namespace AuditHost.Connectors.Fluentd;

/// <summary>The events of a batch that have the same tag, as a chain of their indexes.</summary>
/// <param name="Tag">Their tag; the same array for the same text.</param>
/// <param name="First">The first event.</param>
/// <param name="Last">The last event so far.</param>
internal record struct TagGroup(byte[] Tag, int First, int Last);
