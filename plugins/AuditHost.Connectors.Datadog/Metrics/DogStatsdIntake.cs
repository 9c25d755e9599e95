using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog.Metrics;

/// <summary>Sends the metrics to the DogStatsD of an Agent, over UDP or a Unix socket. The Agent adds up what comes; nobody tells whether it came.</summary>
internal sealed class DogStatsdIntake(DatadogOptions options, AuditMetrics metrics, PluginContext context) : IIntake, IAsyncDisposable
{
    private readonly StatsdLines _lines = new(options);

    // Sends run side by side, and a datagram that the kernel refused closes the socket.
    private readonly SemaphoreSlim _socketUse = new(1, 1);
    private Stream? _socket;

    public async ValueTask<DeliveryResult> SendAsync(BatchProgress progress, CancellationToken cancellationToken)
    {
        using var datagrams = new Datagrams(_lines.MaxBytes);
        lock (metrics.Lock)
        {
            if (metrics.CountSeries(progress, Intakes.DogStatsd) == 0)
                return DeliveryResult.Delivered;
            metrics.CollectDurations(progress, Intakes.DogStatsd);
            _lines.Write(metrics, datagrams);
        }

        await _socketUse.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _socket ??= await context.ConnectAsync(options.DogStatsd, cancellationToken).ConfigureAwait(false);
            for (int number = 0; number < datagrams.Count; number++)
                await _socket.WriteAsync(datagrams[number], cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            _socketUse.Release();
        }

        progress.Take(Intakes.DogStatsd, 0, progress.Batch.Count);
        return DeliveryResult.Delivered;
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        Stream socket = await context.ConnectAsync(options.DogStatsd, cancellationToken).ConfigureAwait(false);
        await socket.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        _socketUse.Dispose();
    }

    private async ValueTask CloseAsync()
    {
        if (Interlocked.Exchange(ref _socket, null) is { } socket)
            await socket.DisposeAsync().ConfigureAwait(false);
    }
}
