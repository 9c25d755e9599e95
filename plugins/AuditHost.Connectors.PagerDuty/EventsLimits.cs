namespace AuditHost.Connectors.PagerDuty;

/// <summary>What the Events API v2 takes ("Send an Alert Event" and "Events API v2 Overview").</summary>
internal static class EventsLimits
{
    public const int SummaryCharacters = 1024;
    public const int DedupKeyCharacters = 255;

    /// <summary>512 KB for the whole body; the smaller of the two readings.</summary>
    public const int BodyBytes = 512_000;
}
