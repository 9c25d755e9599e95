namespace AuditHost.Journal;

/// <summary>Collects reports of damage, each place once. Keeps the first ones and counts all.</summary>
internal sealed class DamageLog
{
    private const int Kept = 1000;

    private readonly Lock _gate = new();
    private readonly HashSet<(string File, long Offset, ulong First)> _seen = [];
    private readonly List<DamageReport> _reports = [];

    /// <summary>Raised for every new report, on the thread that came upon the damage.</summary>
    public event Action<DamageReport>? Reported;

    public long Count { get; private set; }

    public IReadOnlyList<DamageReport> Reports
    {
        get
        {
            lock (_gate)
                return [.. _reports];
        }
    }

    public void Report(DamageReport report)
    {
        lock (_gate)
        {
            (string, long, ulong) place = (report.File, report.Offset, report.First);
            if (_seen.Contains(place))
                return;
            Count++;

            // Beyond the limit places are no longer told apart: the count then says that there is more, not how much.
            if (_seen.Count >= Kept)
                return;
            _seen.Add(place);
            _reports.Add(report);
        }

        Reported?.Invoke(report);
    }
}
