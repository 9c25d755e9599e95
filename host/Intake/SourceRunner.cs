using Microsoft.Extensions.Logging;

namespace AuditHost.Intake;

/// <summary>Runs every source until the host stops. One that ends or fails leaves the others running.</summary>
internal static class SourceRunner
{
    public static async Task RunAsync(IReadOnlyList<IEventSource> sources, ILogger logger, CancellationToken stop)
    {
        Task stopped = Task.Delay(Timeout.Infinite, stop);
        await Task.WhenAll([stopped, .. sources.Select(source => RunAsync(source, logger, stop))]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private static async Task RunAsync(IEventSource source, ILogger logger, CancellationToken stop)
    {
        try
        {
            await source.RunAsync(stop);
            if (!stop.IsCancellationRequested)
                logger.LogInformation("Source {Source} has come to its end.", source.Name);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The stop asked for.
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Source {Source} failed and stands still until the host is started again.", source.Name);
        }
    }
}
