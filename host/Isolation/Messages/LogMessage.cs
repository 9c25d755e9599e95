using System.Diagnostics.Tracing;

namespace AuditHost.Isolation.Messages;

/// <summary>A line for the host's log.</summary>
internal sealed record LogMessage(EventLevel Level, string Text);
