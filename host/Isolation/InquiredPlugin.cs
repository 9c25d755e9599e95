using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Isolation.Messages;
using AuditHost.Plugins;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Isolation;

/// <summary>
/// A plugin that the host knows by hearsay alone: a process of the plugin's own loads it and says what it provides. Where the host may run
/// none of its code, not even a constructor.
/// </summary>
internal sealed class InquiredPlugin : IPluginHandle
{
    private readonly string _mainAssembly;
    private readonly IsolationOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, IReadOnlyList<Uri>> _endpoints = new(StringComparer.Ordinal);

    private InquiredPlugin(string mainAssembly, IsolationOptions options, TimeProvider time)
    {
        _mainAssembly = mainAssembly;
        _options = options;
        _time = time;
    }

    public IReadOnlyList<PluginFactory> Factories { get; private set; } = [];

    /// <summary>Asks a plugin what it provides.</summary>
    /// <exception cref="PluginRefusedException">It cannot be loaded, or ends its process.</exception>
    public static InquiredPlugin Ask(string mainAssembly, IsolationOptions options, TimeProvider time)
    {
        var plugin = new InquiredPlugin(mainAssembly, options, time);
        try
        {
            OutcomeMessage answer = plugin.AskAsync(null).GetAwaiter().GetResult();
            plugin.Factories = [.. (answer.Factories ?? []).Select(plugin.FactoryOf)];
            return plugin;
        }
        catch (IOException exception)
        {
            throw new PluginRefusedException(exception.Message);
        }
    }

    public WeakReference Unload()
    {
        Factories = [];
        return new WeakReference(null);
    }

    /// <summary>Where settings lead; nowhere that could be said where the plugin fails over it.</summary>
    public IReadOnlyList<Uri> EndpointsOf(string type, ReadOnlyMemory<byte> settings) =>
        _endpoints.GetOrAdd($"{type} {Encoding.UTF8.GetString(settings.Span)}", _ => AskEndpoints(new EndpointsMessage(type, settings.ToArray())));

    private IReadOnlyList<Uri> AskEndpoints(EndpointsMessage question)
    {
        try
        {
            OutcomeMessage answer = AskAsync(question).GetAwaiter().GetResult();
            return [.. (answer.Endpoints ?? []).Select(text => new Uri(text, UriKind.RelativeOrAbsolute))];
        }
        catch (Exception exception) when (exception is IOException or SettingsException or UriFormatException)
        {
            return [];
        }
    }

    /// <summary>One process per question: there are few of them, all at the start, and none is left behind.</summary>
    private async Task<OutcomeMessage> AskAsync(EndpointsMessage? question)
    {
        PluginProcess process = await PluginProcess.StartAsync(_options, _time, NullLogger.Instance, CancellationToken.None);
        await using (process)
        {
            OutcomeMessage answer = await process.AskAsync(MessageKind.Describe, Encoding.UTF8.GetBytes(_mainAssembly), CancellationToken.None);
            Outcomes.ThrowUnlessDone(answer);
            if (question is null)
                return answer;
            answer = await process.AskAsync(
                MessageKind.Endpoints, JsonSerializer.SerializeToUtf8Bytes(question, MessageJson.Default.EndpointsMessage), CancellationToken.None);
            Outcomes.ThrowUnlessDone(answer);
            return answer;
        }
    }

    private PluginFactory FactoryOf(FactoryMessage message) => message switch
    {
        { Connector: { } connector } => new InquiredConnectorFactory(connector, message.SettingsSchema, this),
        { Formatter: { } formatter } => new InquiredFormatterFactory(formatter, message.SettingsSchema),
        _ => throw new PluginRefusedException("The plugin's process named a factory that is none."),
    };
}
