namespace AuditHost.Delivery;

/// <summary>Where events go that a destination will not take.</summary>
internal interface IDeadLetterSink
{
    /// <summary>Makes the letters durable. Only then may the cursor move past their events.</summary>
    ValueTask AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);
}
