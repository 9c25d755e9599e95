using AuditHost.Delivery;
using AuditHost.Sdk;

namespace AuditHost.Lanes;

/// <content>How the loop begins.</content>
internal sealed partial class Lane
{
    /// <summary>Starts the connector; what else the loop is there for goes on however long that takes.</summary>
    private async Task StartAsync(LaneBatch open, CancellationToken stopping)
    {
        while (!await TryStartAsync(open, stopping))
        {
            // Another one has taken its place, and begins anew.
        }
    }

    /// <returns><see langword="false"/> where the connector was exchanged before it had started.</returns>
    private async Task<bool> TryStartAsync(LaneBatch open, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task started = StartConnectorAsync(ending.Token);
        while (!started.IsCompleted)
        {
            TakeCorrections();
            await MoveAsync(open);
            if (await TryExchangeAsync(open))
            {
                ending.Cancel();
                await started.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                return false;
            }

            using var timer = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            Task order = _inbox.Changed.InContext();
            await Task.WhenAny(started, order, _quota is null ? order : Task.Delay(Heartbeat, _time, timer.Token).EndInContext());
            timer.Cancel();
        }

        await started;
        return true;
    }

    private async Task StartConnectorAsync(CancellationToken stopping)
    {
        Destination destination = _destination;
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await destination.Connector.StartAsync(stopping).AsTask().WaitAsync(stopping);
                destination.Watch.Started();
                return;
            }
            catch (Exception exception)
            {
                stopping.ThrowIfCancellationRequested();
                DeliveryResult result = OutcomeMap.FromException(exception, out _);
                TimeSpan pause = destination.Chain.BackOff(result, attempt);
                destination.Watch.StartFailed(result.Reason ?? exception.GetType().Name, pause);
                await Task.Delay(pause, _time, stopping);
            }
        }
    }
}
