namespace AuditHost.Intake;

/// <summary>What became of a sender's events at one destination.</summary>
/// <param name="Destination">The destination's name.</param>
internal sealed record DeliveryOutcome(string Destination)
{
    /// <summary>Whether the destination is done with all of them, one way or the other.</summary>
    public bool IsSettled { get; init; }

    public int Delivered { get; init; }

    /// <summary>Not for the destination, which is a success.</summary>
    public int Filtered { get; init; }

    public int DeadLettered { get; init; }

    /// <summary>Given up, because more waited than the destination's quota.</summary>
    public int Dropped { get; init; }

    /// <summary>Still in the journal.</summary>
    public int Pending { get; init; }

    /// <summary>From the dispatch of the batch to its acknowledgement, retries included.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What the destination calls the delivery; the last one where there were several.</summary>
    public string? MessageId { get; init; }

    /// <summary>Why events are not delivered.</summary>
    public string? Error { get; init; }

    public bool IsSuccess => IsSettled && DeadLettered == 0 && Dropped == 0;
}
