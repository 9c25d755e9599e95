namespace AuditHost.Intake.Http;

/// <summary>One event of a request that is none.</summary>
/// <param name="Index">Which of the request's events, from 0.</param>
/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="Path">JSON path of the offending member.</param>
/// <param name="Reason">What to mend.</param>
internal sealed record BadEvent(int Index, int Line, string Path, string Reason);
