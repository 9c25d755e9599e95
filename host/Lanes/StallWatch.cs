using AuditHost.Configuration.Options;
using Microsoft.Extensions.Logging;

namespace AuditHost.Lanes;

/// <summary>Looks at every lane's progress once a second, beside their loops: one that hangs cannot tell. Logs when a lane stalls and when it gets on again.</summary>
internal sealed class StallWatch(IReadOnlyList<Lane> lanes, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly HashSet<Lane> _stalled = [];

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                foreach (Lane lane in lanes)
                    Look(lane);
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The stop asked for.
        }
    }

    private void Look(Lane lane)
    {
        DestinationOptions options = lane.Destination.Options;
        if (!lane.Progress.IsStalled)
        {
            if (_stalled.Remove(lane))
                logger.LogInformation("Destination {Destination} gets on again.", options.Name);
        }
        else if (_stalled.Add(lane))
        {
            logger.LogError(
                "Destination {Destination} is stalled: {Buffered} events wait and none was settled for {Patience:0.#} s. Last error: {Error}",
                options.Name, lane.Buffered, options.StalledAfter.TotalSeconds, lane.Destination.Statistics.LastError ?? "none");
        }
    }
}
