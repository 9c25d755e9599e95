namespace AuditHost.PluginKit.Http;

/// <summary>Whether an endpoint works. Read and written by sends side by side; of two that end at once the last one counts.</summary>
internal sealed class EndpointState(Uri address)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    private int _failures;
    private long _restsUntil;

    public Uri Address { get; } = address;

    /// <summary>When it is tried again; in the past while it works.</summary>
    public DateTimeOffset RestsUntil => new(Volatile.Read(ref _restsUntil), TimeSpan.Zero);

    public void Worked()
    {
        Volatile.Write(ref _failures, 0);
        Volatile.Write(ref _restsUntil, 0);
    }

    /// <param name="now">The time.</param>
    /// <param name="asked">How long it asked to be left alone.</param>
    public void Failed(DateTimeOffset now, TimeSpan? asked)
    {
        // Sends side by side that fail together are one failure.
        bool rests = RestsUntil > now;
        int failures = rests ? Math.Max(Volatile.Read(ref _failures), 1) : Interlocked.Increment(ref _failures);
        TimeSpan grown = FirstRest * Math.Pow(2, Math.Min(failures - 1, 10));
        TimeSpan rest = asked ?? (grown < LongestRest ? grown : LongestRest);
        Volatile.Write(ref _restsUntil, (now + rest).UtcTicks);
    }
}
