using System.Text.Json;
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
    : IConnector, IEventSearch, IPluginProcess
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly CrashGuard _guard = new();
    private readonly SentPayloads _sent = new();
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private Task<PluginProcess>? _process;
    private int _started;
    private int _endsInARow;
    private int _disposed;

    public long Restarts => Math.Max(0, Volatile.Read(ref _started) - 1);

    public long ResidentBytes => Running is { } running ? ProcessUsage.Of(running.Id)?.ResidentBytes ?? 0 : 0;

    public string? TemplateProblem => Running?.TemplateProblem;

    private PluginProcess? Running => _process is { IsCompletedSuccessfully: true } started && started.Result is { HasEnded: false } running ? running : null;

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

    public async ValueTask<SearchPage> SearchAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        PluginProcess process = await RunningAsync(cancellationToken);
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(query, MessageJson.Default.SearchQuery);
        OutcomeMessage outcome = await process.CallAsync(MessageKind.Search, content, cancellationToken);
        Outcomes.ThrowUnlessDone(outcome);
        return outcome.Found?.ToPage() ?? throw new InvalidDataException("The plugin's process answered without a page.");
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _closing.CancelAsync();
        Task<PluginProcess>? process;
        lock (_lock)
            process = _process;
        if (process is not null)
            await LetGoAsync(process);
        _guard.Dispose();
        _closing.Dispose();
    }

    /// <summary>
    /// The process that runs, or the one that is being started. The start is nobody's attempt: it goes on where an attempt's time is over, or a
    /// timeout shorter than it would never see a process.
    /// </summary>
    private Task<PluginProcess> RunningAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_process is not { } process || process.IsFaulted || process.IsCanceled || (process.IsCompletedSuccessfully && process.Result.HasEnded))
                _process = StartAfterAsync(_process);
            return _process.WaitAsync(cancellationToken);
        }
    }

    private async Task<PluginProcess> StartAfterAsync(Task<PluginProcess>? former)
    {
        await Task.Yield();
        if (former is not null)
            await LetGoAsync(former);
        await PauseAsync();
        Interlocked.Increment(ref _started);
        _endsInARow++;
        PluginProcess process = await PluginProcess.StartAsync(setup, options, time, logger, _closing.Token);
        try
        {
            Outcomes.ThrowUnlessDone(await process.CallAsync(MessageKind.Start, default, _closing.Token));
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private async Task LetGoAsync(Task<PluginProcess> former)
    {
        await ((Task)former).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!former.IsCompletedSuccessfully)
            return;
        if (former.Result.HasEnded)
            logger.LogWarning("{Reason}", await former.Result.Ended);
        await former.Result.DisposeAsync();
    }

    /// <summary>The first end is mended at once; one that follows without a call in between that came back waits.</summary>
    private Task PauseAsync()
    {
        if (_endsInARow < 2)
            return Task.CompletedTask;
        TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(_endsInARow - 2, 10));
        return Task.Delay(pause < LongestPause ? pause : LongestPause, time, _closing.Token);
    }
}
