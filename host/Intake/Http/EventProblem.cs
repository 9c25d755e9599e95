namespace AuditHost.Intake.Http;

/// <summary>What is wrong with one event of a request.</summary>
/// <param name="Index">The event's place in the request, from 0.</param>
/// <param name="Line">The line of the body, from 1.</param>
/// <param name="Path">JSON path within the event.</param>
/// <param name="Reason">For the sender, in one sentence.</param>
internal readonly record struct EventProblem(int Index, int Line, string Path, string Reason);
