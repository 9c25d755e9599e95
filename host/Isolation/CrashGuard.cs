using AuditHost.Delivery;
using AuditHost.Sdk;

namespace AuditHost.Isolation;

/// <summary>
/// Finds the event that ends the plugin's process again and again. After an end during a call it lets calls in one at a time, so that the
/// next end has a culprit: a batch is then halved until a single event is left, which is refused after two ends alone. Whatever comes back
/// clears a batch, and after some of them calls run side by side again.
/// </summary>
/// <remarks>
/// A plugin that ends, or hangs, while its destination is away does so with every event. So each refusal without a call in between that came
/// back asks for twice as many ends as the one before: an outage costs a handful of events their place, not a backlog.
/// </remarks>
internal sealed class CrashGuard : IDisposable
{
    private const int CarefulCalls = 20;
    private const int EndsAlone = 2;
    private const int MostDoublings = 16;

    private readonly SemaphoreSlim _alone = new(1, 1);
    private readonly Lock _lock = new();
    private (ulong First, int Count) _suspect;
    private int _ends;
    private int _underWay;
    private int _carefulLeft;
    private int _refusalsInARow;

    /// <summary>Waits for the turn of a call.</summary>
    public async ValueTask<Turn> EnterAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        bool careful;
        lock (_lock)
            careful = _carefulLeft > 0;
        if (careful)
            await _alone.WaitAsync(cancellationToken);
        lock (_lock)
            _underWay++;
        return new Turn(this, (batch[0].Event.Sequence, batch.Count), careful);
    }

    public void Dispose() => _alone.Dispose();

    private void Returned((ulong First, int Count) batch)
    {
        lock (_lock)
        {
            _refusalsInARow = 0;
            if (_carefulLeft > 0)
                _carefulLeft--;
            if (_suspect == batch)
                _suspect = default;
        }
    }

    private DeliveryResult Ended((ulong First, int Count) batch, bool careful, string reason)
    {
        lock (_lock)
        {
            _carefulLeft = CarefulCalls;
            if (!careful || _underWay > 1)
                return DeliveryResult.Failed(FailureKind.Transient, reason);
            _ends = _suspect == batch ? _ends + 1 : 1;
            _suspect = batch;
            if (batch.Count == 1 && _ends < EndsAlone << Math.Min(_refusalsInARow, MostDoublings))
                return DeliveryResult.Failed(FailureKind.Transient, reason);
            if (batch.Count == 1)
                _refusalsInARow++;
            return DeliveryResult.Failed(
                HostFailure.SuspectedPoison,
                $"{reason} It did so each time that this event alone was being rendered or sent. The event may be innocent: replay sends it again.");
        }
    }

    private void Leave(bool careful)
    {
        lock (_lock)
            _underWay--;
        if (careful)
            _alone.Release();
    }

    /// <summary>One call.</summary>
    internal sealed class Turn(CrashGuard guard, (ulong First, int Count) batch, bool careful) : IDisposable
    {
        /// <summary>It came back, whatever it said.</summary>
        public void Returned() => guard.Returned(batch);

        /// <summary>The process ended during it.</summary>
        /// <returns>What that means for the batch.</returns>
        public DeliveryResult Ended(string reason) => guard.Ended(batch, careful, reason);

        public void Dispose() => guard.Leave(careful);
    }
}
