using System.Collections.Concurrent;
using System.Text.Json;
using AuditHost.Isolation.Messages;
using Microsoft.Extensions.Logging;

namespace AuditHost.Isolation;

/// <summary>The calls of one plugin's process that are under way, over its channel.</summary>
internal sealed class ProcessCalls : IAsyncDisposable
{
    /// <summary>How long a call may go on that it was told to end.</summary>
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(3);
    private const int MaxAnswerBytes = 16 << 20;

    private readonly ConcurrentDictionary<uint, TaskCompletionSource<OutcomeMessage>> _calls = new();
    private readonly MessageChannel _channel;
    private readonly Task<string> _ended;
    private readonly Action<string> _kill;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private uint _lastCall;

    /// <param name="stream">The connection.</param>
    /// <param name="ended">Ends when the process has, with how it did.</param>
    /// <param name="kill">Ends the process, for a reason.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes what the plugin logs.</param>
    public ProcessCalls(Stream stream, Task<string> ended, Action<string> kill, TimeProvider time, ILogger logger)
    {
        _channel = new MessageChannel(stream, MaxAnswerBytes);
        _ended = ended;
        _kill = kill;
        _time = time;
        _logger = logger;
        _ = ReadAsync();
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
            if (_ended.IsCompleted)
                throw new PluginProcessEndedException(await _ended);
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

    /// <summary>Has the process close its connector and end.</summary>
    public ValueTask StopAsync() => _channel.WriteAsync(MessageKind.Stop, 0, default);

    /// <summary>The process ended.</summary>
    public void Fail(string reason)
    {
        foreach (TaskCompletionSource<OutcomeMessage> call in _calls.Values)
            call.TrySetException(new PluginProcessEndedException(reason));
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private async Task ReadAsync()
    {
        try
        {
            while (await _channel.ReadAsync() is { } message)
            {
                using (message)
                    Take(message);
            }

            await EndAfterAsync("closed its channel to the host");
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException)
        {
            _kill($"answered with what is no message ({exception.Message})");
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            await EndAfterAsync("broke its channel to the host");
        }
    }

    /// <summary>Ends a process without a channel. Mostly it has ended by itself, and how it did is the better reason.</summary>
    private async Task EndAfterAsync(string reason)
    {
        await _ended.WaitAsync(EndPatience, _time).ContinueWith(static _ => { }, TaskScheduler.Default);
        if (!_ended.IsCompleted)
            _kill(reason);
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
            await _channel.WriteAsync(kind, call, content);
        }
        catch (IOException)
        {
            // Its reader ends it, if it does not end by itself.
            throw new PluginProcessEndedException(await _ended);
        }
    }

    private async Task CancelAsync(uint call, Task answer)
    {
        try
        {
            await _channel.WriteAsync(MessageKind.Cancel, call, default);
            await answer.WaitAsync(CancelPatience, _time);
        }
        catch (TimeoutException)
        {
            _kill($"went on for {CancelPatience.TotalSeconds:0} s with a call that it was told to end");
            throw new PluginProcessEndedException(await _ended);
        }
        catch (IOException)
        {
            // It ended meanwhile, which ends the call too.
        }
    }
}
