using AuditHost.Delivery;
using AuditHost.Sdk;

namespace AuditHost.Lanes;

/// <content>How the loop begins.</content>
internal sealed partial class Lane
{
    /// <summary>Starts the connector; what else the loop is there for goes on however long that takes.</summary>
    private async Task StartAsync(LaneBatch open, CancellationToken stopping)
    {
        Task started = StartConnectorAsync(stopping);
        while (!started.IsCompleted)
        {
            TakeCorrections();
            await MoveAsync(open);
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            Task order = _inbox.Changed.InContext();
            await Task.WhenAny(started, order, _quota is null ? order : Task.Delay(Heartbeat, _time, timer.Token));
            timer.Cancel();
        }

        await started;
    }

    private async Task StartConnectorAsync(CancellationToken stopping)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await _destination.Connector.StartAsync(stopping).AsTask().WaitAsync(stopping);
                _destination.Watch.Started();
                return;
            }
            catch (Exception exception)
            {
                stopping.ThrowIfCancellationRequested();
                DeliveryResult result = OutcomeMap.FromException(exception, out _);
                TimeSpan pause = _destination.Chain.BackOff(result, attempt);
                _destination.Watch.StartFailed(result.Reason ?? exception.GetType().Name, pause);
                await Task.Delay(pause, _time, stopping);
            }
        }
    }
}
