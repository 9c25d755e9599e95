namespace AuditHost.Intake.Http;

/// <summary>The request is refused whole.</summary>
internal sealed class RefusedRequestException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
