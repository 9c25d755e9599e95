using AuditHost.Journal;

namespace AuditHost.Intake;

/// <summary>What a source has read and not made durable yet: events for the journal, and what is no event.</summary>
internal sealed class PendingIntake(EventPumpContext context)
{
    public const int MaxBytes = 1 << 20;

    private const int MaxEvents = 1000;

    /// <summary>How long a failed disk is left alone before the same is tried again.</summary>
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(5);

    private readonly List<RejectedPiece> _rejected = [];

    private long _settledExcess;

    public IntakeBatch Batch { get; } = new();

    /// <summary>How many pieces more were no events than were, what is not durable yet included.</summary>
    public long Excess => _settledExcess + _rejected.Count - Batch.Count;

    public bool IsEmpty => Batch.Count == 0 && _rejected.Count == 0;

    public bool IsFull => Batch.Count >= MaxEvents || Batch.Bytes >= MaxBytes || _rejected.Count >= MaxEvents;

    /// <summary>Adds a piece; its bytes stay the source's until it is flushed.</summary>
    public void Reject(in RejectedPiece piece) => _rejected.Add(piece);

    /// <summary>Makes everything durable, and tries until it is.</summary>
    /// <exception cref="OperationCanceledException">The wait for a journal or a disk that takes nothing was ended. What is left stays.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await KeepRejectedAsync(cancellationToken);
        await AppendAsync(cancellationToken);
    }

    private async ValueTask KeepRejectedAsync(CancellationToken cancellationToken)
    {
        if (_rejected.Count == 0)
            return;
        int kept = 0;
        while (true)
        {
            try
            {
                for (; kept < _rejected.Count; kept++)
                    context.Rejected.Reject(context.Source, _rejected[kept]);
                context.Rejected.Sync(context.Source);
                break;
            }
            catch (IOException)
            {
                await Task.Delay(FailurePause, context.Time, cancellationToken);
            }
        }

        _settledExcess += kept;
        context.Counters.AddRejected(kept);
        _rejected.Clear();
    }

    /// <summary>Holds the source up where it has taken more than it may.</summary>
    private async ValueTask KeepRateAsync(int count, CancellationToken cancellationToken)
    {
        if (context.Rate?.Take(count) is not { } wait || wait <= TimeSpan.Zero)
            return;
        try
        {
            await Task.Delay(wait, context.Time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // A stop: nothing is left here that could be lost.
        }
    }

    private async ValueTask AppendAsync(CancellationToken cancellationToken)
    {
        while (Batch.Count > 0)
        {
            TimeSpan pause;
            try
            {
                // Not to be cancelled: an append under way ends soon, and the position must know how.
                int count = Batch.Count;
                AppendReceipt receipt = await context.Sink.AppendAsync(Batch, CancellationToken.None);
                context.Counters.AddAccepted(receipt, Batch.Bytes);
                _settledExcess -= count;
                Batch.Clear();
                await KeepRateAsync(count, cancellationToken);
                return;
            }
            catch (JournalFullException full)
            {
                pause = full.RetryAfter;
            }
            catch (JournalFailedException)
            {
                pause = FailurePause;
            }

            context.Counters.AddRefused(Batch.Count);
            await Task.Delay(pause, context.Time, cancellationToken);
        }
    }
}
