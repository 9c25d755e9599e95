namespace AuditHost.Fakes.Loki;

/// <summary>A line that Loki stored.</summary>
/// <param name="Labels">Its stream, as Loki writes it: <c>{a="b", c="d"}</c>.</param>
/// <param name="Nanoseconds">Its time.</param>
/// <param name="Text">The line.</param>
/// <param name="Metadata">Its structured metadata.</param>
public sealed record LokiLine(string Labels, long Nanoseconds, string Text, IReadOnlyDictionary<string, string> Metadata);
