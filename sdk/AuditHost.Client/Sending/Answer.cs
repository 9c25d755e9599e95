namespace AuditHost.Client.Sending;

/// <summary>What the host said to a request.</summary>
/// <param name="Kind">Which of four things it was.</param>
/// <param name="Reason">In words, for what is not accepted.</param>
internal sealed record Answer(AnswerKind Kind, string Reason = "")
{
    /// <summary>The events at fault, by index, where single ones are; the others would be taken without them.</summary>
    public IReadOnlyDictionary<int, string> Bad { get; init; } = new Dictionary<int, string>();

    /// <summary>How long the host asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
