using AuditHost.Connectors.Logstash;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Settings;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

[assembly: Plugin(typeof(LogstashFactory))]

namespace AuditHost.Connectors.Logstash;

/// <summary><c>logstash</c>: sends events to the http, tcp or beats input of Logstash.</summary>
public sealed class LogstashFactory() : ConnectorFactory<LogstashSettings>(
    new ConnectorInfo("logstash", "Sends events to the http, tcp or beats input of Logstash.")
    {
        Content = BatchContent.Payload,
        Delivered = "http: the input answered ok. lumberjack: it acknowledged the event. Both mean that the pipeline's queue has it, which is on disk where the queue is persisted. tcp: the network took it.",
        MaxConcurrency = 1,

        // What Beats send at a time.
        MaxBatchEvents = 2048,
        MaxBatchBytes = 1 << 20,
    },
    SettingsContext.Default.LogstashSettings)
{
    protected override IConnector Create(LogstashSettings settings, PluginContext context)
    {
        var options = LogstashOptions.Of(settings);
        if (string.IsNullOrWhiteSpace(settings.Beat))
            throw new SettingsException("beat", "Empty. Give it a name such as audithost, or leave it out");
        var writer = new EventWriter(settings.Beat);
        return options.Mode switch
        {
            LogstashMode.Http => new LogstashHttpConnector(HttpOf(settings, options, context.Time), options, writer, context),
            LogstashMode.Lumberjack => new LogstashBeatsConnector(StreamsOf(settings, context.Time), options, writer, context),
            _ => new LogstashTcpConnector(StreamOf(settings), options, writer, context),
        };
    }

    protected override IReadOnlyList<Uri> Endpoints(LogstashSettings settings)
    {
        var options = LogstashOptions.Of(settings);
        return options.Mode switch
        {
            LogstashMode.Http => HttpOf(settings, options, TimeProvider.System).Shown,
            LogstashMode.Lumberjack => StreamsOf(settings, TimeProvider.System).Shown,
            _ => [StreamOf(settings)],
        };
    }

    private static HttpEndpoints HttpOf(LogstashSettings settings, LogstashOptions options, TimeProvider time) =>
        HttpEndpoints.Parse("endpoint", settings.Endpoint, options.Balancing, time);

    private static StreamEndpoints StreamsOf(LogstashSettings settings, TimeProvider time) =>
        StreamEndpoints.Parse("endpoint", settings.Endpoint, LogstashOptions.BeatsPort, time);

    private static Uri StreamOf(LogstashSettings settings)
    {
        var endpoint = StreamEndpoint.Parse("endpoint", settings.Endpoint.Addresses[0], usualPort: 0);
        return endpoint.Port > 0 ? endpoint : throw new SettingsException("endpoint", "Has no port, and the tcp input has no usual one. Write host:port");
    }
}
