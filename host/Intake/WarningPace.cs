namespace AuditHost.Intake;

/// <summary>Lets a warning through once a minute: what a stranger can cause at will must not fill the log.</summary>
internal sealed class WarningPace(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _last;

    public bool IsDue()
    {
        lock (_lock)
        {
            if (_last is { } last && time.GetElapsedTime(last) < Interval)
                return false;
            _last = time.GetTimestamp();
            return true;
        }
    }
}
