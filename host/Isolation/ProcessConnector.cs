using AuditHost.Configuration.Options;
using AuditHost.Isolation.Messages;
using AuditHost.Lanes;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Isolation;

/// <summary>
/// A connector whose plugin runs in a process of its own. To the lane it is a connector like any other: an end of the process is a failed
/// attempt, and the next one finds another process.
/// </summary>
internal sealed class ProcessConnector(SetupMessage setup, IsolationOptions options, LaneStatistics statistics, TimeProvider time, ILogger logger)
    : IConnector, IPluginProcess
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly CrashGuard _guard = new();
    private readonly SentPayloads _sent = new();
    private readonly SemaphoreSlim _starting = new(1, 1);
    private PluginProcess? _process;
    private int _started;
    private int _endsInARow;

    public long Restarts => Math.Max(0, Volatile.Read(ref _started) - 1);

    public long ResidentBytes => _process is { HasEnded: false } running ? ProcessUsage.Of(running.Id)?.ResidentBytes ?? 0 : 0;

    public ReadOnlyMemory<byte> TakeSent(ulong sequence) => _sent.Take(sequence);

    public async ValueTask StartAsync(CancellationToken cancellationToken) => await RunningAsync(cancellationToken);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using CrashGuard.Turn turn = await _guard.EnterAsync(batch, cancellationToken);
        PluginProcess process = await RunningAsync(cancellationToken);
        try
        {
            using var content = new PooledBuffer(64 * 1024);
            BatchMessage.Write(batch, content);
            OutcomeMessage outcome = await process.CallAsync(MessageKind.Send, content.Written, cancellationToken);
            turn.Returned();
            Volatile.Write(ref _endsInARow, 0);
            _sent.Keep(outcome.Sent);
            statistics.Rendered(outcome.Bytes);
            return outcome.ToResult();
        }
        catch (PluginProcessEndedException ended)
        {
            return turn.Ended(ended.Message);
        }
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        PluginProcess process = await RunningAsync(cancellationToken);
        Outcomes.ThrowUnlessDone(await process.CallAsync(MessageKind.Probe, default, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_process is { } process)
                await process.DisposeAsync();
            _process = null;
        }
        finally
        {
            _starting.Release();
        }

        _guard.Dispose();
    }

    private async Task<PluginProcess> RunningAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_process is { HasEnded: false } running)
                return running;
            await BuryAsync();
            await PauseAsync(cancellationToken);
            _process = await StartProcessAsync(cancellationToken);
            return _process;
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<PluginProcess> StartProcessAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _started);
        _endsInARow++;
        PluginProcess process = await PluginProcess.StartAsync(setup, options, time, logger, cancellationToken);
        try
        {
            Outcomes.ThrowUnlessDone(await process.CallAsync(MessageKind.Start, default, cancellationToken));
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private async Task BuryAsync()
    {
        if (_process is not { } dead)
            return;
        _process = null;
        logger.LogWarning("{Reason} Starting another.", await dead.Ended);
        await dead.DisposeAsync();
    }

    /// <summary>The first end is mended at once; one that follows without a call in between that came back waits.</summary>
    private Task PauseAsync(CancellationToken cancellationToken)
    {
        if (_endsInARow < 2)
            return Task.CompletedTask;
        TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(_endsInARow - 2, 10));
        return Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellationToken);
    }
}
