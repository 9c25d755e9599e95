using Microsoft.Extensions.Logging;

namespace AuditHost.Lanes;

/// <content>How the loop moves the cursor without a delivery: forward where more waits than may, back at an operator's wish.</content>
internal sealed partial class Lane
{
    /// <summary>
    /// Goes on from an earlier event, durably: what it settled behind it goes out again. Where the lane is not that far, nothing changes.
    /// </summary>
    /// <exception cref="IOException">It is done, but a power cut can undo it.</exception>
    /// <exception cref="InvalidOperationException">The lane stands still.</exception>
    public Task RewindAsync(ulong position)
    {
        if (_rewinds.Post(position, _inbox.Signal) is { } done)
            return done;
        if (position < _cursor.State.Position)
        {
            _reader.Seek(position);
            GoBack(position, new PassedOver(_cursor.State.Position));
        }

        return Task.CompletedTask;
    }

    /// <summary>What may wait before the oldest events go; <see langword="null"/> where they never do.</summary>
    public long? QuotaOfOldest => _quota?.Bytes;

    /// <summary>The bytes of the journal that wait.</summary>
    public long BacklogBytes => _journal.BytesFrom(_cursor.State.Position);

    private async ValueTask MoveAsync(LaneBatch open)
    {
        _cursor.Renew();
        if (_rewinds.TryTake(out ulong position, out TaskCompletionSource? done))
            await RewindAsync(open, position, done);
        if (_quota is not null && _quota.IsExceededFrom(_cursor.State.Position, out ulong end))
            await DropAsync(_quota, open, end);
    }

    private async Task RewindAsync(LaneBatch open, ulong position, TaskCompletionSource done)
    {
        if (position >= _cursor.State.Position)
        {
            done.SetResult();
            return;
        }

        Flight[] all = [.. _inFlight];
        bool[] givenUp;
        try
        {
            givenUp = await DecideAsync(all);
        }
        catch (Exception exception)
        {
            done.SetException(new InvalidOperationException("The destination's lane is ending.", exception));
            throw;
        }

        // What is not given up counts, also behind one that is: its dead letters are durable.
        var settled = new PassedOver(_cursor.State.Position);
        for (int i = 0; i < all.Length; i++)
        {
            if (givenUp[i])
                continue;
            NoteAlerts(all[i].Batch, all[i].Delivery.Result);
            settled.AddSettled(all[i].Batch, all[i].Delivery.Result);
        }

        try
        {
            GoBack(position, settled);
            done.SetResult();
        }
        catch (IOException exception)
        {
            done.SetException(exception);
        }

        Release(all, givenUp);
        Reopen(open, position);
    }

    private void GoBack(ulong position, PassedOver settled)
    {
        ulong before = _cursor.State.Position;
        try
        {
            _cursor.WriteDurably(settled.Back(_cursor.State, position));
        }
        finally
        {
            _waiters.Reached();
        }

        _logger.LogWarning("Goes back from event {Before} to event {Position} at an operator's wish.", before, position);
    }

    /// <summary>
    /// Passes over the oldest events. The record of it is durable before the cursor moves; where the disk does not take it now, the books
    /// and the log tell, and it is written later.
    /// </summary>
    private async Task DropAsync(LaneQuota quota, LaneBatch open, ulong end)
    {
        var range = new PassedOver(_cursor.State.Position);
        Flight[] passed = [.. _inFlight.TakeWhile(flight => flight.Batch.FirstSequence < end)];
        bool[] givenUp = await DecideAsync(passed);
        for (int i = 0; i < passed.Length; i++)
        {
            if (givenUp[i])
            {
                range.AddGivenUp(passed[i].Batch);
                continue;
            }

            NoteAlerts(passed[i].Batch, passed[i].Delivery.Result);
            range.AddSettled(passed[i].Batch, passed[i].Delivery.Result);
        }

        ulong sent = range.End;
        range.AddUnsent(end);
        bool recorded = quota.TryRecord(range);
        WriteBooks(range.Over(_cursor.State));
        for (int i = 0; i < passed.Length; i++)
        {
            if (givenUp[i])
                _tickets.NoteDropped(passed[i].Batch.FirstSequence, passed[i].Batch.EndSequence);
            else
                _tickets.Note(passed[i].Batch, passed[i].Delivery.Result);
        }

        if (range.End > sent)
            _tickets.NoteDropped(sent, range.End);
        Release(passed, givenUp);
        if (open.FirstSequence < range.End)
            Reopen(open, range.End);
        _logger.LogError(
            "More waits than the quota of {Quota} bytes: {Count} events dropped by on_full: drop_oldest, of {First} up to but not including {End}.{Unrecorded}",
            quota.Bytes, range.Dropped, range.First, range.End, recorded ? string.Empty : " Not on record yet: the disk does not take it.");
    }

    /// <summary>Ends deliveries under way. Each is either given up, and nothing that becomes of it counts, or has come to its end.</summary>
    private static async Task<bool[]> DecideAsync(Flight[] flights)
    {
        bool[] givenUp = new bool[flights.Length];
        for (int i = 0; i < flights.Length; i++)
        {
            givenUp[i] = await flights[i].TryGiveUpAsync();
            if (!givenUp[i])
                await flights[i].Delivery;
        }

        return givenUp;
    }

    /// <summary>Takes the first of the batches on their way out of the queue, once the books have them.</summary>
    private void Release(Flight[] flights, bool[] givenUp)
    {
        for (int i = 0; i < flights.Length; i++)
        {
            _inFlight.Dequeue();
            if (givenUp[i])
            {
                _ = flights[i].LeaveBehindAsync();
                continue;
            }

            flights[i].Batch.Clear();
            _spare.Push(flights[i].Batch);
            flights[i].Dispose();
        }
    }

    private void Reopen(LaneBatch open, ulong position)
    {
        open.Clear();
        _reader.Seek(position);
        open.Open(position, _time.GetTimestamp());
    }
}
