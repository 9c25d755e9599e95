namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// The times that New Relic takes for a kind of data; what lies outside it drops without a word. Closed a little earlier at both ends, since a
/// request is on its way for a while and clocks differ.
/// </summary>
internal static class TimeWindow
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Future = TimeSpan.FromHours(24);

    /// <summary>Whether New Relic takes a time now.</summary>
    public static bool Holds(TelemetryKind kind, DateTimeOffset time, DateTimeOffset now) =>
        time >= now - PastOf(kind) + Margin && time <= now + Future - Margin;

    /// <summary>How old data of a kind may be.</summary>
    public static TimeSpan PastOf(TelemetryKind kind) => kind switch
    {
        TelemetryKind.Events => TimeSpan.FromHours(24),

        // "Troubleshooting missing Trace API data"; the page on OTLP has no figure of its own.
        TelemetryKind.Traces => TimeSpan.FromMinutes(60),
        _ => TimeSpan.FromHours(48),
    };
}
