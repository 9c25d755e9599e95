namespace AuditHost.Lanes;

/// <summary>
/// Who decides what becomes of a batch on its way: its delivery, by burying what was refused, or the lane's loop, by giving it up. Never
/// both: what the books say is dropped must leave no dead letter behind.
/// </summary>
internal sealed class BatchClaim
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _burial;
    private bool _givenUp;
    private bool _isBuried;

    /// <summary>The delivery is about to write dead letters.</summary>
    /// <returns><see langword="false"/> where the batch was given up.</returns>
    public bool TryBury()
    {
        lock (_lock)
        {
            if (_givenUp)
                return false;
            _burial ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
    }

    /// <summary>Dead letters are durable: the batch is the delivery's for good, also where there are more to write.</summary>
    public void Buried()
    {
        lock (_lock)
            _isBuried = true;
    }

    /// <summary>The dead letters could not be written, and the batch may be given up unless some are durable already.</summary>
    public void BurialFailed()
    {
        lock (_lock)
        {
            if (_isBuried)
                return;
            _burial!.SetResult();
            _burial = null;
        }
    }

    /// <summary>The loop passes over the batch.</summary>
    /// <param name="burial">Ends when the writing of dead letters failed that is under way and forbids it now.</param>
    /// <returns><see langword="false"/> where the delivery decides.</returns>
    public bool TryGiveUp(out Task burial)
    {
        lock (_lock)
        {
            burial = _burial?.Task ?? Task.CompletedTask;
            _givenUp |= _burial is null;
            return _givenUp;
        }
    }
}
