namespace AuditHost.Sdk.Testing;

/// <summary>What holds for every result, whatever it says.</summary>
internal static class ResultCheck
{
    public static void Check(in DeliveryResult result, int events)
    {
        const string Remedy = "Give every failure a kind and a reason of one line, and indexes that the batch has, each once; report anything else about it with WithResponse.";
        if (result.Failures is { } failures)
        {
            foreach (EventFailure failure in failures)
            {
                Rule.Outcomes.Holds(
                    failure.Index >= 0 && failure.Index < events,
                    $"A failure has the index {failure.Index}, and the batch has {events} events.",
                    Remedy);
                CheckReason(failure.Kind, failure.Reason, Remedy);
            }

            Rule.Outcomes.Holds(
                failures.DistinctBy(failure => failure.Index).Count() == failures.Count,
                "An event is listed as failed more than once.",
                Remedy);
        }
        else if (result.Kind != 0)
        {
            CheckReason(result.Kind, result.Reason, Remedy);
        }

        Rule.Outcomes.Holds(
            result.AcknowledgementIds is null || result.AcknowledgementIds.Count == events,
            "There are more or fewer acknowledgement ids than events.",
            "Give one per event, null for the failed ones.");
        Rule.Outcomes.Holds(
            result.RetryAfter is null || result.RetryAfter >= TimeSpan.Zero,
            $"RetryAfter is {result.RetryAfter}.",
            "A time that has passed means at once: zero.");
    }

    private static void CheckReason(FailureKind kind, string? reason, string remedy)
    {
        Rule.Outcomes.Holds(Enum.IsDefined(kind), $"A failure has the kind {(int)kind}, which there is not.", remedy);
        Rule.Outcomes.Holds(!string.IsNullOrWhiteSpace(reason), $"A failure of kind {kind} has no reason.", remedy);
        Rule.Outcomes.Holds(
            !reason.Any(char.IsControl),
            $"A reason has line breaks or control characters: {reason.ReplaceLineEndings("\\n")}",
            remedy);
    }
}
