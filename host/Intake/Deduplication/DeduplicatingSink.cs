using System.Buffers;
using AuditHost.Journal;
using AuditHost.Sdk;

namespace AuditHost.Intake.Deduplication;

/// <summary>
/// Lets a sender repeat itself: an event with an id of its own whose very bytes were stored within the window is accepted and not
/// stored again. The same id over other bytes is another event, and is kept: evidence is never dropped for its name.
/// </summary>
internal sealed class DeduplicatingSink(IEventSink inner, RecentEvents recent) : IEventSink
{
    public async ValueTask<AppendReceipt> AppendAsync(IntakeBatch batch, CancellationToken cancellationToken)
    {
        var mine = new Reservation();
        int duplicates = await ReserveAsync(batch, mine, cancellationToken);
        bool durable = false;
        try
        {
            AppendReceipt receipt = batch.Count > 0 ? await inner.AppendAsync(batch, cancellationToken) : default;
            durable = true;
            return receipt with { Duplicates = duplicates };
        }
        finally
        {
            mine.End(durable);
        }
    }

    /// <summary>Takes out of the batch what is stored already, after waiting for whoever is just storing it.</summary>
    /// <returns>How many events that were.</returns>
    private async ValueTask<int> ReserveAsync(IntakeBatch batch, Reservation mine, CancellationToken cancellationToken)
    {
        int count = batch.Count;
        UInt128[] fingerprints = ArrayPool<UInt128>.Shared.Rent(count);
        bool[] known = ArrayPool<bool>.Shared.Rent(count);
        try
        {
            for (int i = 0; i < count; i++)
                fingerprints[i] = batch[i].Index[EventField.Id].Kind == EventValueKind.Missing ? 0 : EventFingerprint.Of(batch[i].Json.Span);
            while (recent.Reserve(fingerprints.AsSpan(0, count), mine, known.AsSpan(0, count)) is { } other)
                await other.InContext().WaitAsync(cancellationToken);
            return batch.RemoveAll(known.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<UInt128>.Shared.Return(fingerprints);
            ArrayPool<bool>.Shared.Return(known);
        }
    }
}
