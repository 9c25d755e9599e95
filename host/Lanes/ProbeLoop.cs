using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using Microsoft.Extensions.Logging;

namespace AuditHost.Lanes;

/// <summary>Probes every destination at the interval of <c>integration_monitoring</c>, so that one without traffic is seen to be away too.</summary>
internal sealed class ProbeLoop(IReadOnlyList<Lane> lanes, MonitoringOptions options, Func<string, string> redact, TimeProvider time, ILogger logger)
{
    public async Task RunAsync(CancellationToken stopping)
    {
        if (!options.Enabled)
            return;
        using var timer = new PeriodicTimer(options.HealthCheckInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
                await Task.WhenAll(lanes.Select(lane => ProbeAsync(lane.Destination, stopping)));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The stop asked for.
        }
    }

    private async Task ProbeAsync(Destination destination, CancellationToken stopping)
    {
        // A connector that has not started has nothing to probe with, and its start is being tried anyway.
        if (destination.Watch.Health is DestinationHealth.Starting or DestinationHealth.Broken)
            return;
        using var deadline = new CancellationTokenSource(destination.Options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        string? problem = null;
        try
        {
            await destination.Connector.ProbeAsync(either.Token);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            problem = redact(OutcomeMap.FromException(exception, out _).Reason ?? exception.Message);
        }

        if (problem is not null && destination.Statistics.ProbeProblem is null)
            logger.LogWarning("Destination {Destination} does not answer its probe: {Problem}", destination.Options.Name, problem);
        destination.Statistics.Probed(problem, time.GetUtcNow());
    }
}
