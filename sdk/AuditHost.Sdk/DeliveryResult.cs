namespace AuditHost.Sdk;

/// <summary>What became of a batch. The default value means delivered.</summary>
public readonly struct DeliveryResult
{
    /// <summary>How much of a destination's answer is kept for receipts and dead letters.</summary>
    public const int MaxResponseBytes = 4096;

    /// <summary>Every event is durable at the destination.</summary>
    public static DeliveryResult Delivered => default;

    /// <summary>What failed for the whole batch; 0 where it was delivered or failed in part.</summary>
    public FailureKind Kind { get; private init; }

    /// <summary>The reason of a failure of the whole batch, in one line.</summary>
    public string? Reason { get; private init; }

    /// <summary>How long the destination asked to wait.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>The failed events of a batch that was delivered in part; those not listed are delivered.</summary>
    public IReadOnlyList<EventFailure>? Failures { get; private init; }

    /// <summary>What the destination calls this delivery: an ack id, a request id, a partition and offset.</summary>
    public string? AcknowledgementId { get; private init; }

    /// <summary>The same per event, by index, where the destination tells them apart.</summary>
    public IReadOnlyList<string?>? AcknowledgementIds { get; private init; }

    /// <summary>The destination's status code, where it has one.</summary>
    public int? Status { get; private init; }

    /// <summary>The beginning of the destination's answer. The host removes secrets before it keeps it.</summary>
    public string? Response { get; private init; }

    /// <summary>Whether every event was delivered.</summary>
    public bool IsDelivered => Kind == 0 && Failures is null;

    /// <summary>The batch was delivered and the destination named it.</summary>
    public static DeliveryResult Acknowledged(string? acknowledgementId) => new() { AcknowledgementId = acknowledgementId };

    /// <summary>The batch was delivered and the destination named each event.</summary>
    public static DeliveryResult Acknowledged(IReadOnlyList<string?> acknowledgementIds) => new() { AcknowledgementIds = acknowledgementIds };

    /// <summary>The whole batch failed.</summary>
    /// <param name="kind">Why, which decides what the host does next.</param>
    /// <param name="reason">For the operator, in one line, without secrets.</param>
    /// <param name="retryAfter">How long the destination asked to wait.</param>
    public static DeliveryResult Failed(FailureKind kind, string reason, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero((int)kind, nameof(kind));
        return new() { Kind = kind, Reason = reason, RetryAfter = retryAfter };
    }

    /// <summary>Some events failed, the others are delivered.</summary>
    /// <param name="failures">The failed ones; an empty list means that all were delivered.</param>
    /// <param name="retryAfter">How long the destination asked to wait before the retriable ones are sent again.</param>
    public static DeliveryResult Partial(IReadOnlyList<EventFailure> failures, TimeSpan? retryAfter = null)
    {
        ArgumentNullException.ThrowIfNull(failures);
        return failures.Count == 0 ? Delivered : new() { Failures = failures, RetryAfter = retryAfter };
    }

    /// <summary>The same result with the destination's answer, cut to <see cref="MaxResponseBytes"/> characters.</summary>
    public DeliveryResult WithResponse(int? status, string? response) => this with
    {
        Status = status,
        Response = response is { Length: > MaxResponseBytes } ? response[..MaxResponseBytes] : response,
    };

    /// <summary>The same result with the destination's name for it.</summary>
    public DeliveryResult WithAcknowledgement(string? acknowledgementId) => this with { AcknowledgementId = acknowledgementId };

    /// <summary>The same result with the destination's name for each event, by index; <see langword="null"/> for the failed ones.</summary>
    public DeliveryResult WithAcknowledgements(IReadOnlyList<string?> acknowledgementIds) => this with { AcknowledgementIds = acknowledgementIds };
}
