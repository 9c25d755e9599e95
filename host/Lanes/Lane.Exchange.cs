namespace AuditHost.Lanes;

/// <content>How the loop goes on with another connector and format: those of a plugin's new version.</content>
internal sealed partial class Lane
{
    /// <summary>
    /// Goes on from the cursor with another destination object of the same name. What is on its way may come to its end first; what does not
    /// is sent again, by the new one.
    /// </summary>
    /// <returns>Ends when the former one serves no more and can be disposed of.</returns>
    /// <exception cref="InvalidOperationException">The lane stands still.</exception>
    public Task ExchangeAsync(Destination next)
    {
        if (_exchanges.Post(next, _inbox.Signal) is { } done)
            return done;
        Serve(next);
        return Task.CompletedTask;
    }

    /// <summary>Carries out an order to go on with another one, where there is one.</summary>
    private async Task<bool> TryExchangeAsync(LaneBatch open)
    {
        if (!_exchanges.TryTake(out Destination? next, out TaskCompletionSource? done))
            return false;
        try
        {
            await DrainAsync();
            SettleFinished();
            await GiveUpRestAsync();
        }
        catch (Exception exception)
        {
            done.SetException(new InvalidOperationException("The destination's lane is ending.", exception));
            throw;
        }

        Serve(next);
        open.Clear();
        open.Open(_reader.Position, _time.GetTimestamp());
        done.SetResult();
        return true;
    }

    /// <summary>Lets attempts under way finish, and whatever only waits for a further attempt end.</summary>
    private async Task DrainAsync()
    {
        foreach (Flight flight in _inFlight)
            flight.EndWaits();
        Task ended = Task.WhenAll(_inFlight.Select(static flight => flight.Delivery));
        await ended
            .WaitAsync(_destination.Options.Timeout, _time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private async Task GiveUpRestAsync()
    {
        Flight[] rest = [.. _inFlight];
        bool[] givenUp = new bool[rest.Length];

        // What came to its end behind one that did not counts: its dead letters are durable.
        var settled = new PassedOver(_cursor.State.Position);
        for (int i = 0; i < rest.Length; i++)
        {
            Task<Settlement> delivery = rest[i].Delivery;
            givenUp[i] = delivery.IsCanceled || await rest[i].TryGiveUpAsync();
            if (!givenUp[i])
                settled.AddSettled(rest[i].Batch, await delivery);
        }

        if (Array.Exists(givenUp, static one => !one))
            WriteBooks(settled.Back(_cursor.State, _cursor.State.Position));
        Release(rest, givenUp);
    }

    private void Serve(Destination next)
    {
        _destination = next;
        _reader.Dispose();
        (_alerts, _delivery, _reader) = PartsFor(next);
        _alerts?.Begin();
    }
}
