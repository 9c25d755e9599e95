namespace AuditHost.Fakes.WebSockets;

/// <summary>A message that a collector took.</summary>
/// <param name="Id">The id of its envelope; empty where it has none.</param>
/// <param name="EventIds">The ids of its events.</param>
/// <param name="Events">Its events, each as JSON.</param>
/// <param name="Text">The message as it came.</param>
/// <param name="IsText">Whether it is text, and not binary.</param>
public sealed record CollectedMessage(string Id, IReadOnlyList<string> EventIds, IReadOnlyList<string> Events, string Text, bool IsText);
