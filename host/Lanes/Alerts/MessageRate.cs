using AuditHost.Configuration.Options;

namespace AuditHost.Lanes.Alerts;

/// <summary>How many messages may still go: so many in any stretch of time as long as <see cref="AlertOptions.Per"/>.</summary>
internal sealed class MessageRate(AlertOptions options, TimeProvider time)
{
    private readonly Queue<long> _sent = new();

    public int Available
    {
        get
        {
            while (_sent.TryPeek(out long oldest) && time.GetElapsedTime(oldest) >= options.Per)
                _sent.Dequeue();
            return options.MaxMessages - _sent.Count;
        }
    }

    public void Take(int count)
    {
        long now = time.GetTimestamp();
        for (int i = 0; i < count; i++)
            _sent.Enqueue(now);
    }

    /// <summary>Counts messages of before the start, so that a host which often begins anew sends no more than one that runs.</summary>
    /// <param name="ages">How long ago each was.</param>
    public void Recall(IEnumerable<TimeSpan> ages)
    {
        long now = time.GetTimestamp();
        foreach (TimeSpan age in ages.Where(age => age >= TimeSpan.Zero && age < options.Per).OrderDescending().TakeLast(options.MaxMessages))
            _sent.Enqueue(now - (long)(age.TotalSeconds * time.TimestampFrequency));
    }
}
