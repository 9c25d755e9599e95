using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Isolation.Messages;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Isolation;

/// <summary>
/// The host's end of one plugin's process: starts it, calls it, watches it, and ends it where it breaks a limit. Once ended it is never
/// used again; <see cref="ProcessConnector"/> starts another.
/// </summary>
internal sealed class PluginProcess : IAsyncDisposable
{
    /// <summary>How long it may take from the start to the first answer.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    /// <summary>How long a call may go on that it was told to end.</summary>
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(3);
    private const int MaxAnswerBytes = 16 << 20;

    private readonly Process _process;
    private readonly ProcessFolder _folder;
    private readonly ProcessOutput _output;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<uint, TaskCompletionSource<OutcomeMessage>> _calls = new();
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _draining;
    private MessageChannel? _channel;
    private string? _killedFor;
    private uint _lastCall;

    private PluginProcess(Process process, ProcessFolder folder, TimeProvider time, ILogger logger)
    {
        _process = process;
        _folder = folder;
        _time = time;
        _logger = logger;
        _output = new ProcessOutput(logger);
        _draining = Task.WhenAll(_output.DrainAsync(process.StandardOutput), _output.DrainAsync(process.StandardError));
        _ = AwaitEndAsync();
    }

    public int Id => _process.Id;

    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Ends when the process has, with how it did.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Starts a process.</summary>
    /// <exception cref="PluginProcessEndedException">It ended before it took up the connection.</exception>
    /// <exception cref="IOException">It cannot be started, or does not take up the connection.</exception>
    public static async Task<PluginProcess> StartAsync(IsolationOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var folder = new ProcessFolder();
        PluginProcess? started = null;
        try
        {
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(folder.Socket));
            listener.Listen(1);
            Process process = Process.Start(ProcessLaunch.Create(options, folder)) ?? throw new IOException("The plugin's process cannot be started.");
            process.StandardInput.Close();
            started = new PluginProcess(process, folder, time, logger);
            await started.ConnectAsync(listener, cancellationToken);
            _ = new ProcessWatch(started, options, time).RunAsync();
            return started;
        }
        catch (Exception exception)
        {
            if (started is not null)
                await started.DisposeAsync();
            else
                folder.Dispose();
            if (exception is System.ComponentModel.Win32Exception)
                throw new IOException($"The plugin's process cannot be started: {exception.Message}", exception);
            throw;
        }
    }

    /// <summary>Starts a process and hands it its destination. Its connector is made, and not yet opened.</summary>
    /// <exception cref="SettingsException">The destination's settings cannot work.</exception>
    /// <exception cref="IOException">The process ended, or cannot load the plugin.</exception>
    public static async Task<PluginProcess> StartAsync(
        SetupMessage setup, IsolationOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        PluginProcess process = await StartAsync(options, time, logger, cancellationToken);
        try
        {
            Outcomes.ThrowUnlessDone(await process.AskAsync(MessageKind.Setup, JsonSerializer.SerializeToUtf8Bytes(setup, MessageJson.Default.SetupMessage), cancellationToken));
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls the process, with a deadline of its own; one that lets it pass is ended.</summary>
    /// <exception cref="IOException">The process ended, or did not answer.</exception>
    public async Task<OutcomeMessage> AskAsync(MessageKind kind, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(StartPatience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await CallAsync(kind, content, either.Token);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException($"The plugin's process did not answer within {StartPatience.TotalSeconds:0} s.");
        }
    }

    /// <summary>Calls the process and waits for what becomes of it.</summary>
    /// <exception cref="PluginProcessEndedException">The process ended first.</exception>
    /// <exception cref="OperationCanceledException">The call was ended; a process that goes on with it all the same is ended too.</exception>
    public async Task<OutcomeMessage> CallAsync(MessageKind kind, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        uint call = Interlocked.Increment(ref _lastCall);
        var answer = new TaskCompletionSource<OutcomeMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[call] = answer;
        try
        {
            if (HasEnded)
                throw new PluginProcessEndedException(await Ended);
            await WriteAsync(kind, call, content);
            OutcomeMessage outcome;
            try
            {
                outcome = await answer.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await CancelAsync(call, answer.Task);
                throw;
            }

            return outcome.Cancelled ? throw new OperationCanceledException("The plugin gave up waiting.") : outcome;
        }
        finally
        {
            _calls.TryRemove(call, out _);
        }
    }

    /// <summary>Ends the process, which broke a limit.</summary>
    public void Kill(string reason)
    {
        Interlocked.CompareExchange(ref _killedFor, reason, null);
        ProcessSignals.KillGroup(_process);
    }

    /// <summary>Has the process close its connector and end, and ends it where it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!HasEnded && _channel is not null)
        {
            try
            {
                await _channel.WriteAsync(MessageKind.Stop, 0, default);
                await Ended.WaitAsync(StopPatience, _time);
            }
            catch (Exception exception) when (exception is IOException or TimeoutException)
            {
                // It gets no second word.
            }
        }

        Kill("The host ended it.");
        await Ended;
        if (_channel is not null)
            await _channel.DisposeAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task ConnectAsync(Socket listener, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(StartPatience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            Task<Socket> accepting = listener.AcceptAsync(either.Token).AsTask();
            await Task.WhenAny(accepting, Ended);
            if (HasEnded)
                throw new PluginProcessEndedException(await Ended);
            Socket socket = await accepting;
            _channel = new MessageChannel(new NetworkStream(socket, ownsSocket: true), MaxAnswerBytes);
            _ = ReadAsync(_channel);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException($"The plugin's process did not take up the connection within {StartPatience.TotalSeconds:0} s.");
        }
    }

    private async Task ReadAsync(MessageChannel channel)
    {
        try
        {
            while (await channel.ReadAsync() is { } message)
            {
                using (message)
                    Take(message);
            }

            await EndAfterAsync("closed its channel to the host");
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException)
        {
            Kill($"answered with what is no message ({exception.Message})");
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            await EndAfterAsync("broke its channel to the host");
        }
    }

    /// <summary>Ends a process without a channel. Mostly it has ended by itself, and how it did is the better reason.</summary>
    private async Task EndAfterAsync(string reason)
    {
        await Ended.WaitAsync(EndPatience, _time).ContinueWith(static _ => { }, TaskScheduler.Default);
        if (!HasEnded)
            Kill(reason);
    }

    private void Take(Message message)
    {
        switch (message.Kind)
        {
            case MessageKind.Outcome:
                OutcomeMessage outcome = JsonSerializer.Deserialize(message.Content.Span, MessageJson.Default.OutcomeMessage) ?? throw new JsonException("null");
                if (_calls.TryGetValue(message.Call, out TaskCompletionSource<OutcomeMessage>? answer))
                    answer.TrySetResult(outcome);
                break;
            case MessageKind.Log:
                LogMessage line = JsonSerializer.Deserialize(message.Content.Span, MessageJson.Default.LogMessage) ?? throw new JsonException("null");
                _logger.Log(Outcomes.LevelOf(line.Level), "{Message}", Outcomes.OneLine(line.Text));
                break;
            default:
                throw new InvalidDataException($"{message.Kind} is the host's to say.");
        }
    }

    private async ValueTask WriteAsync(MessageKind kind, uint call, ReadOnlyMemory<byte> content)
    {
        try
        {
            await _channel!.WriteAsync(kind, call, content);
        }
        catch (IOException)
        {
            // Its reader ends it, if it does not end by itself.
            throw new PluginProcessEndedException(await Ended);
        }
    }

    private async Task CancelAsync(uint call, Task answer)
    {
        try
        {
            await _channel!.WriteAsync(MessageKind.Cancel, call, default);
            await answer.WaitAsync(CancelPatience, _time);
        }
        catch (TimeoutException)
        {
            Kill($"went on for {CancelPatience.TotalSeconds:0} s with a call that it was told to end");
            throw new PluginProcessEndedException(await Ended);
        }
        catch (IOException)
        {
            // It ended meanwhile, which ends the call too.
        }
    }

    private async Task AwaitEndAsync()
    {
        await _process.WaitForExitAsync();

        // What it forked may still hold the pipes.
        await _draining.WaitAsync(OutputPatience, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        string how = _killedFor ?? ProcessSignals.Describe(_process.ExitCode);
        string said = _killedFor is null && _output.End is { Length: > 0 } end ? $" It wrote: {Outcomes.OneLine(end)}" : string.Empty;
        string reason = $"The plugin's process {how}.{said}";
        _ended.SetResult(reason);
        foreach (TaskCompletionSource<OutcomeMessage> call in _calls.Values)
            call.TrySetException(new PluginProcessEndedException(reason));
    }
}
