namespace AuditHost.Intake.Deduplication;

/// <summary>The events of one request on their way into the journal. Whoever sends one of them meanwhile waits for how it ends.</summary>
internal sealed class Reservation
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Those that were there before the host started.</summary>
    public static Reservation OfJournal { get; } = Ended(durable: true);

    public bool IsDurable { get; private set; }

    public bool IsPending => !_ended.Task.IsCompleted;

    /// <summary>Ends when the events are durable or refused.</summary>
    public Task Completion => _ended.Task;

    public void End(bool durable)
    {
        IsDurable = durable;
        _ended.SetResult();
    }

    private static Reservation Ended(bool durable)
    {
        var reservation = new Reservation();
        reservation.End(durable);
        return reservation;
    }
}
