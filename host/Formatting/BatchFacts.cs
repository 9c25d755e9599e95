namespace AuditHost.Formatting;

/// <summary>What a body template sees as <c>batch</c>, besides the count. The same on every attempt, so that a retry sends the same bytes.</summary>
internal readonly record struct BatchFacts(string Destination, string Id);
