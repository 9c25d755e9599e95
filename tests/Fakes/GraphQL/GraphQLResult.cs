namespace AuditHost.Fakes.GraphQL;

/// <summary>What came of an operation.</summary>
/// <param name="Json">The answer.</param>
/// <param name="WasRun">Whether it was run, and not refused beforehand: then the answer has data.</param>
/// <param name="HasErrors">Whether the answer has errors.</param>
public sealed record GraphQLResult(string Json, bool WasRun, bool HasErrors);
