using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using AuditHost.Configuration.Secrets;
using AuditHost.Delivery;
using AuditHost.Isolation.Messages;
using AuditHost.Plugins;
using AuditHost.Sdk;

namespace AuditHost.Isolation.Child;

/// <summary>
/// The whole life of a plugin's process: takes orders from the host on a thread of its own, which no plugin can starve, and works at them
/// on the pool. Ends with the channel, in whatever state the plugin is.
/// </summary>
internal sealed class IsolatedHost : IAsyncDisposable
{
    private readonly MessageChannel _channel;
    private readonly Action _abandoned;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<uint, CancellationTokenSource> _calls = new();
    private readonly Redactor _tokens;
    private readonly ChannelLogger _logger;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IsolatedDestination? _destination;
    private IsolatedPlugins? _plugins;

    /// <param name="channel">Leads to the host.</param>
    /// <param name="abandoned">Cleans up where the host is gone.</param>
    /// <param name="time">The clock.</param>
    public IsolatedHost(MessageChannel channel, Action abandoned, TimeProvider time)
    {
        _channel = channel;
        _abandoned = abandoned;
        _time = time;
        _tokens = new Redactor([]);
        _logger = new ChannelLogger(channel, _tokens, time);
    }

    /// <summary>Ends when the host says so.</summary>
    public Task RunAsync()
    {
        new Thread(Listen) { IsBackground = true, Name = "audithost orders" }.Start();
        return _stopped.Task;
    }

    /// <summary>Closes the connector.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_destination is not null)
            await _destination.DisposeAsync();
    }

    private void Listen()
    {
        try
        {
            while (_channel.Read() is { } message)
                Take(message);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or ObjectDisposedException)
        {
            // As at the end of the channel: the host is gone.
        }

        if (_stopped.Task.IsCompleted)
            return;
        _abandoned();
        OwnLimits.EndNow();
    }

    private void Take(Message message)
    {
        switch (message.Kind)
        {
            case MessageKind.Ping:
                _ = AnswerAsync(message.Call, new OutcomeMessage { TemplateProblem = _destination?.TemplateProblem });
                message.Dispose();
                break;
            case MessageKind.Cancel:
                if (_calls.TryGetValue(message.Call, out CancellationTokenSource? call))
                    _ = CancelAsync(call);
                message.Dispose();
                break;
            case MessageKind.Stop:
                _stopped.TrySetResult();
                message.Dispose();
                break;
            default:
                _calls[message.Call] = new CancellationTokenSource();
                _ = Task.Run(() => WorkAsync(message));
                break;
        }
    }

    private async Task WorkAsync(Message message)
    {
        OutcomeMessage outcome;
        using (message)
            outcome = await CarryOutAsync(message);
        if (_calls.TryRemove(message.Call, out CancellationTokenSource? call))
            call.Dispose();
        await AnswerAsync(message.Call, outcome.Redacted(_tokens));
    }

    private async Task<OutcomeMessage> CarryOutAsync(Message message)
    {
        CancellationToken cancellation = _calls[message.Call].Token;
        try
        {
            switch (message.Kind)
            {
                case MessageKind.Setup:
                    SetUp(message);
                    return new OutcomeMessage();
                case MessageKind.Start:
                    await Destination.StartAsync(cancellation);
                    return new OutcomeMessage();
                case MessageKind.Probe:
                    await Destination.ProbeAsync(cancellation);
                    return new OutcomeMessage();
                case MessageKind.Describe:
                    _plugins = new IsolatedPlugins([Encoding.UTF8.GetString(message.Content.Span)]);
                    return new OutcomeMessage { Factories = [.. _plugins.Factories.Select(FactoryMessage.Of)] };
                case MessageKind.Endpoints:
                    return new OutcomeMessage { Endpoints = EndpointsOf(message) };
                case MessageKind.Search:
                    return await Destination.SearchAsync(message.Content, cancellation);
                case MessageKind.Render:
                    return Destination.Render(message.Content);
                case MessageKind.Send:
                    return await Destination.SendAsync(message.Content, cancellation);
                default:
                    throw new InvalidDataException($"{message.Kind} is the plugin's to say.");
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new OutcomeMessage { Cancelled = true };
        }
        catch (PluginRefusedException exception)
        {
            return new OutcomeMessage { Kind = FailureKind.Rejected, Reason = exception.Message };
        }
        catch (SettingsException exception) when (message.Kind is not (MessageKind.Send or MessageKind.Render))
        {
            return new OutcomeMessage { Kind = FailureKind.Misconfigured, Reason = exception.Message, Setting = exception.Setting };
        }
        catch (Exception exception)
        {
            DeliveryResult result = OutcomeMap.FromException(exception, out bool unclassified);
            if (unclassified && message.Kind == MessageKind.Send)
                _logger.Log(Microsoft.Extensions.Logging.LogLevel.Warning, default, exception, exception, static (_, thrown) => $"The connector threw what the contract does not name, {thrown!.GetType().Name}.");
            return OutcomeMessage.Of(result);
        }
    }

    private IsolatedDestination Destination => _destination ?? throw new InvalidDataException("There was no setup.");

    private IReadOnlyList<string> EndpointsOf(Message message)
    {
        EndpointsMessage question = JsonSerializer.Deserialize(message.Content.Span, MessageJson.Default.EndpointsMessage) ?? throw new JsonException("null");
        return _plugins is not null && _plugins.TryGetConnector(question.Type, out ConnectorFactory? factory)
            ? [.. factory.Endpoints(question.Settings).Select(endpoint => endpoint.OriginalString)]
            : [];
    }

    private void SetUp(Message message)
    {
        SetupMessage setup = JsonSerializer.Deserialize(message.Content.Span, MessageJson.Default.SetupMessage) ?? throw new JsonException("null");
        OwnLimits.LimitOpenFiles(setup.MaxOpenFiles);
        _destination = new IsolatedDestination(setup, _time, _logger, _tokens.Learn);
    }

    private async Task AnswerAsync(uint call, OutcomeMessage outcome)
    {
        try
        {
            await _channel.WriteAsync(MessageKind.Outcome, call, JsonSerializer.SerializeToUtf8Bytes(outcome, MessageJson.Default.OutcomeMessage));
        }
        catch (IOException)
        {
            OwnLimits.EndNow();
        }
    }

    private static async Task CancelAsync(CancellationTokenSource call)
    {
        // What a connector does on a cancellation may take its _time, and is not the listener's to wait for.
        await Task.Yield();
        try
        {
            await call.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The call came to its end meanwhile.
        }
    }
}
