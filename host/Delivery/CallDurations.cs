namespace AuditHost.Delivery;

/// <summary>
/// How long calls with batches of about one size take: on the average lately, and at the best. An average is compared with the best average,
/// not with the luckiest call, so that a destination whose answers merely vary is not taken for an overloaded one. Calls that were alone
/// cannot have been slowed down by others: the best follows them up too, where a destination has become slower for good.
/// </summary>
internal sealed class CallDurations
{
    /// <summary>Fewer calls than these say nothing.</summary>
    private const int Least = 5;

    /// <summary>The weight of the last call in the average.</summary>
    private const double Weight = 0.05;

    private double _best;
    private double _lately;
    private int _calls;

    /// <summary>Takes note of a call.</summary>
    /// <param name="duration">How long it took.</param>
    /// <param name="alone">Whether no other call was under way at its end.</param>
    public void Add(TimeSpan duration, bool alone)
    {
        double seconds = duration.TotalSeconds;
        double weight = Math.Max(Weight, 1.0 / ++_calls);
        _lately += weight * (seconds - _lately);
        if (_calls == 1)
            _best = seconds;
        else if (alone)
            _best += weight * (seconds - _best);
        else
            _best = Math.Min(_best, _lately);
    }

    /// <summary>Whether calls lately take longer than at the best by a factor, and by more than noise.</summary>
    public bool Exceeds(double factor, TimeSpan noise) => _calls >= Least && _lately > _best * factor && _lately > _best + noise.TotalSeconds;
}
