namespace AuditHost.Journal;

/// <summary>Collects reports of damage, each place once. Keeps the first ones and counts all.</summary>
internal sealed class DamageLog
{
    private const int Kept = 1000;

    private readonly Lock _gate = new();
    private readonly HashSet<(string File, long Offset, ulong First)> _seen = [];
    private readonly List<DamageReport> _reports = [];
    private readonly SequenceRanges _lost = new();

    /// <summary>Raised for every new report, on the thread that came upon the damage.</summary>
    public event Action<DamageReport>? Reported;

    public long Count { get; private set; }

    /// <summary>How many events cannot be read: every one counts once, however many reports it is in.</summary>
    public ulong LostEvents
    {
        get
        {
            lock (_gate)
                return _lost.Count;
        }
    }

    /// <summary>How many reports are kept.</summary>
    public int KeptReports
    {
        get
        {
            lock (_gate)
                return _reports.Count;
        }
    }

    public IReadOnlyList<DamageReport> Reports
    {
        get
        {
            lock (_gate)
                return [.. _reports];
        }
    }

    /// <summary>Events that an earlier start found lost.</summary>
    public void Remember(ulong first, ulong next)
    {
        lock (_gate)
            _lost.Add(first, next);
    }

    public void Report(DamageReport report)
    {
        lock (_gate)
        {
            (string, long, ulong) place = (report.File, report.Offset, report.First);
            if (_seen.Contains(place))
                return;
            Count++;
            _lost.Add(report.First, report.Next);

            // Beyond the limit places are no longer told apart: the count then says that there is more, not how much.
            if (_seen.Count >= Kept)
                return;
            _seen.Add(place);
            _reports.Add(report);
        }

        Reported?.Invoke(report);
    }
}
