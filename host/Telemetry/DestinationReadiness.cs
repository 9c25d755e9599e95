using System.Text.Json;
using AuditHost.Lanes;

namespace AuditHost.Telemetry;

/// <summary>How a destination does, for <c>/health/ready</c>.</summary>
/// <param name="Name">Its key in the site file.</param>
/// <param name="Health">In one word, as the last call left it.</param>
/// <param name="Buffered">Events that wait.</param>
/// <param name="Stalled">Whether its cursor has not moved for too long while events wait.</param>
/// <param name="UnmovedSince">Since when it has not moved; <see langword="null"/> where nothing waits.</param>
/// <param name="LastError">The last failure since the start, secrets removed.</param>
internal sealed record DestinationReadiness(
    string Name, string Health, ulong Buffered, bool Stalled, DateTimeOffset? UnmovedSince, string? LastError)
{
    public static DestinationReadiness Of(Lane lane, bool started, DateTimeOffset now)
    {
        Destination destination = lane.Destination;
        TimeSpan unmoved = started ? lane.Progress.Unmoved : TimeSpan.Zero;
        return new DestinationReadiness(
            destination.Options.Name,
            JsonNamingPolicy.SnakeCaseLower.ConvertName(destination.Watch.Health.ToString()),
            lane.Buffered,
            started && lane.Progress.IsStalled,
            unmoved > TimeSpan.Zero ? now - unmoved : null,
            destination.Statistics.LastError);
    }
}
