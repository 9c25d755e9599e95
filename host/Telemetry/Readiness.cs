using AuditHost.Dashboard;

namespace AuditHost.Telemetry;

/// <summary>The answer of <c>/health/ready</c>.</summary>
/// <param name="Ready">Whether the host takes events and every destination gets on.</param>
/// <param name="Reasons">Why it is not ready; empty where it is.</param>
/// <param name="LeftBehind">What waits for destinations that left the site file; <see langword="null"/> where nothing does, and for callers as below.</param>
/// <param name="DamagedEvents">How many accepted events cannot be read any more; <see langword="null"/> where there is no damage, and for callers as below.</param>
/// <param name="Destinations">How each destination does; <see langword="null"/> for callers who may not know their names.</param>
internal sealed record Readiness(bool Ready, IReadOnlyList<string> Reasons, IReadOnlyList<string>? LeftBehind, ulong? DamagedEvents, IReadOnlyList<DestinationReadiness>? Destinations)
{
    /// <param name="site">The site.</param>
    /// <param name="named">Whether the caller may know the destinations' names.</param>
    /// <param name="now">The machine's time.</param>
    public static Readiness Of(Site site, bool named, DateTimeOffset now)
    {
        List<string> reasons = [];
        if (site.StartedAt is null)
            reasons.Add("starting");
        if (site.Journal.Failure is not null)
            reasons.Add("the journal's disk failed");
        else if (site.Journal.IsFull)
            reasons.Add("the journal is full");
        DestinationReadiness[] destinations = [.. site.Lanes.Select(lane => DestinationReadiness.Of(lane, started: site.StartedAt is not null, now))];
        DestinationReadiness[] stalled = Array.FindAll(destinations, static destination => destination.Stalled);
        if (named)
            reasons.AddRange(stalled.Select(static destination => $"destination '{destination.Name}' is stalled"));
        else if (stalled.Length > 0)
            reasons.Add($"{Counted.Of(stalled.Length, "destination")} stalled");
        string[] leftBehind = named
            ? [.. BacklogList.Of(site).Where(static backlog => backlog.State == BacklogView.Removed).Select(static backlog => backlog.ToString())]
            : [];
        bool isDamaged = named && (site.Journal.Damage.Count > 0 || site.Journal.Quarantine is not null);
        return new Readiness(
            reasons.Count == 0, reasons, leftBehind.Length > 0 ? leftBehind : null, isDamaged ? site.Journal.Damage.LostEvents : null, named ? destinations : null);
    }
}
