namespace AuditHost.Lanes;

/// <summary>A batch on its way to the destination.</summary>
internal sealed class Flight : IDisposable
{
    private readonly BatchClaim _claim = new();
    private readonly CancellationTokenSource _stopping;
    private readonly CancellationTokenSource _aborting;
    private Task _ending = Task.CompletedTask;

    private Flight(LaneBatch batch, CancellationToken stopping, CancellationToken aborting)
    {
        Batch = batch;
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _aborting = CancellationTokenSource.CreateLinkedTokenSource(aborting);
    }

    public LaneBatch Batch { get; }

    public Task<Settlement> Delivery { get; private set; } = null!;

    public static Flight Begin(LaneBatch batch, IBatchDelivery delivery, CancellationToken stopping, CancellationToken aborting)
    {
        var flight = new Flight(batch, stopping, aborting);
        flight.Delivery = delivery.DeliverAsync(batch, flight._claim, flight._stopping.Token, flight._aborting.Token);
        return flight;
    }

    /// <summary>Has a delivery that waits for a further attempt end; an attempt under way may finish.</summary>
    public void EndWaits() => _stopping.Cancel();

    /// <summary>Ends the delivery, unless it has come to its end already. Dead letters that are being written are waited for.</summary>
    /// <returns>Whether it was given up: then whatever still becomes of it does not count.</returns>
    public async Task<bool> TryGiveUpAsync()
    {
        while (!Delivery.IsCompleted)
        {
            if (!_claim.TryGiveUp(out Task burial))
            {
                await Task.WhenAny(Delivery, burial.InContext());
                continue;
            }

            _ending = CancelAsync();
            return true;
        }

        return false;
    }

    /// <summary>Lets go of a batch that was given up once its call has ended; until then the connector may still read it.</summary>
    public async Task LeaveBehindAsync()
    {
        await Task.WhenAll(Delivery, _ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Batch.Dispose();
        Dispose();
    }

    private async Task CancelAsync()
    {
        // What a connector does on a cancellation may take its time, and is not the lane's to wait for.
        await Task.Yield();
        _stopping.Cancel();
        _aborting.Cancel();
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _aborting.Dispose();
    }
}
