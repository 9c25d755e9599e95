namespace AuditHost.Client.Sending;

/// <summary>When to try again: twice the last wait up to a limit, of which a random part between half and all is taken; or what the host asks for.</summary>
internal sealed class Backoff(AuditClientOptions options)
{
    private TimeSpan _delay = options.FirstDelay;
    private DateTimeOffset _until;

    /// <summary>How long there is still to wait; zero once it is time.</summary>
    public TimeSpan Left
    {
        get
        {
            TimeSpan left = _until - options.Time.GetUtcNow();
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Succeeded()
    {
        _delay = options.FirstDelay;
        _until = default;
    }

    public void Failed(TimeSpan? asked)
    {
        TimeSpan wait = _delay * (0.5 + (Random.Shared.NextDouble() / 2));
        _until = options.Time.GetUtcNow() + (asked > wait ? asked.Value : wait);
        _delay = _delay * 2 < options.LongestDelay ? _delay * 2 : options.LongestDelay;
    }
}
