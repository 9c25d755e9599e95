using System.Diagnostics.Tracing;
using AuditHost.Connectors.QRadar;
using AuditHost.PluginKit.Settings;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

[assembly: Plugin(typeof(QRadarFactory))]

namespace AuditHost.Connectors.QRadar;

/// <summary><c>qradar</c>: sends LEEF to IBM QRadar over syslog or to its HTTP Receiver.</summary>
public sealed class QRadarFactory() : ConnectorFactory<QRadarSettings>(
    new ConnectorInfo("qradar", "Sends LEEF to IBM QRadar over syslog (TLS, TCP, UDP) or to its HTTP Receiver.")
    {
        Content = BatchContent.Payload,
        DefaultFormat = "leef",
        Delivered = "TLS, TCP: the network took the event; the last ones are sent again when a connection breaks. HTTP receiver: it answered 2xx. UDP: it was handed to the kernel. QRadar confirms none of them.",
        Framing = Framing.Newline,
        MaxConcurrency = 1,

        // What is in flight when a connection breaks may come twice; a small batch keeps that small.
        MaxBatchEvents = 500,
        MaxBatchBytes = 256 << 10,
    },
    SettingsContext.Default.QRadarSettings)
{
    protected override IConnector Create(QRadarSettings settings, PluginContext context)
    {
        QRadarOptions.CheckHomes(settings);
        ConsoleOptions? options = ConsoleOptions.Of(settings);
        QRadarConsole? console = options is null ? null : new QRadarConsole(options, context);
        IConnector connector = QRadarOptions.ModeOf(settings) == QRadarMode.HttpReceiver
            ? new QRadarReceiverConnector(QRadarOptions.ReceiversOf(settings, context.Time), console, context)
            : new QRadarSyslogConnector(SyslogTransport.Create(QRadarOptions.TransportOf(settings), context), console);
        Warn(settings, options, context);
        return connector;
    }

    protected override IReadOnlyList<Uri> Endpoints(QRadarSettings settings) => QRadarOptions.ModeOf(settings) == QRadarMode.HttpReceiver
        ? QRadarOptions.ReceiversOf(settings, TimeProvider.System).Shown
        : [QRadarOptions.ServerOf(settings)];

    private static void Warn(QRadarSettings settings, ConsoleOptions? console, PluginContext context)
    {
        if (settings.Mode is null && settings.Server is null)
            context.Log(EventLevel.Warning, $"QRadar's REST API takes no events: they go as LEEF over TLS syslog to {QRadarOptions.ServerOf(settings).Authority}, the host of api_endpoint. Set mode, and server where the event collector is another host.");
        if (settings.Mode == QRadarMode.Udp)
            context.Log(EventLevel.Warning, "Syslog over udp loses messages without a word; for an audit trail use mode tls.");
        if (settings is { Mode: QRadarMode.Udp, MaxMessageBytes: null })
            context.Log(EventLevel.Warning, "QRadar takes 1024 bytes of a udp message unless its system settings say more, and longer events become dead letters: set max_payload_bytes of the format to 1024, or raise max_message_bytes together with QRadar's setting.");
        if (settings.ApiVersion is { } version && ApiVersion.IsTooOld(ApiVersion.Parse(version)))
            context.Log(EventLevel.Warning, $"api_version {version} is older than any that a console of QRadar 7.5 takes; set it to one that yours supports, such as 26.0, or leave it out.");
        if (console?.Base.Scheme == "http")
            context.Log(EventLevel.Warning, "api_endpoint is http: api_token can be read on the way. Use https.");
        if (settings is { LogSourceId: not null, ApiToken: null } or { LogSourceId: not null, ApiEndpoint: null })
            context.Log(EventLevel.Warning, "log_source_id is checked only with api_endpoint and api_token; events do not carry it.");
    }
}
