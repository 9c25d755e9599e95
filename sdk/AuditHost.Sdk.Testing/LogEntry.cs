using System.Diagnostics.Tracing;

namespace AuditHost.Sdk.Testing;

/// <summary>One line that a plugin wrote to the host's log.</summary>
/// <param name="Level">How grave it is.</param>
/// <param name="Message">The message.</param>
/// <param name="Exception">The exception's whole text, where there is one.</param>
public sealed record LogEntry(EventLevel Level, string Message, string? Exception);
