using System.Buffers;
using AuditHost.Journal;
using AuditHost.Sdk;

namespace AuditHost.Intake.Deduplication;

/// <summary>
/// Lets a sender repeat itself: an event with an id of its own whose very bytes were stored within the window is accepted and not
/// stored again. The same id over other bytes is another event, and is kept: evidence is never dropped for its name.
/// </summary>
internal sealed class DeduplicatingSink(IEventSink inner, RecentEvents recent, FingerprintKey key, FingerprintLog? log = null) : IEventSink
{
    public async ValueTask<AppendReceipt> AppendAsync(IntakeBatch batch, CancellationToken cancellationToken)
    {
        UInt128[] fingerprints = ArrayPool<UInt128>.Shared.Rent(batch.Count);
        try
        {
            return await AppendAsync(batch, fingerprints, cancellationToken);
        }
        finally
        {
            ArrayPool<UInt128>.Shared.Return(fingerprints);
        }
    }

    private async ValueTask<AppendReceipt> AppendAsync(IntakeBatch batch, UInt128[] fingerprints, CancellationToken cancellationToken)
    {
        var mine = new Reservation();
        int duplicates = await ReserveAsync(batch, fingerprints, mine, cancellationToken);
        bool durable = false;
        try
        {
            AppendReceipt receipt = batch.Count > 0 ? await inner.AppendAsync(batch, cancellationToken) : default;
            durable = true;
            if (receipt.Count > 0)
                log?.Add(receipt.First, fingerprints.AsSpan(0, receipt.Count));
            return receipt with { Duplicates = duplicates };
        }
        finally
        {
            mine.End(durable);
        }
    }

    /// <summary>Takes out of the batch what is stored already, after waiting for whoever is just storing it.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="fingerprints">Set for each event that stays.</param>
    /// <param name="mine">Who asks.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many events were taken out.</returns>
    private async ValueTask<int> ReserveAsync(IntakeBatch batch, UInt128[] fingerprints, Reservation mine, CancellationToken cancellationToken)
    {
        int count = batch.Count;
        bool[] known = ArrayPool<bool>.Shared.Rent(count);
        try
        {
            for (int i = 0; i < count; i++)
                fingerprints[i] = batch[i].Index[EventField.Id].Kind == EventValueKind.Missing ? 0 : key.FingerprintOf(batch[i].Json.Span);
            while (recent.Reserve(fingerprints.AsSpan(0, count), mine, known.AsSpan(0, count)) is { } other)
                await other.InContext().WaitAsync(cancellationToken);
            Compact(fingerprints, known.AsSpan(0, count));
            return batch.RemoveAll(known.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<bool>.Shared.Return(known);
        }
    }

    private static void Compact(UInt128[] fingerprints, ReadOnlySpan<bool> known)
    {
        int kept = 0;
        for (int i = 0; i < known.Length; i++)
        {
            if (!known[i])
                fingerprints[kept++] = fingerprints[i];
        }
    }
}
