using System.Diagnostics.Tracing;
using AuditHost.Connectors.Gelf;
using AuditHost.PluginKit.Settings;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

[assembly: Plugin(typeof(GelfFactory))]

namespace AuditHost.Connectors.Gelf;

/// <summary><c>gelf</c>: sends events to a GELF input of Graylog over UDP, TCP, TLS or HTTP.</summary>
public sealed class GelfFactory() : ConnectorFactory<GelfSettings>(
    new ConnectorInfo("gelf", "Sends events to a GELF input of Graylog over UDP, TCP, TLS or HTTP.")
    {
        Content = BatchContent.Payload,
        DefaultFormat = "gelf",
        Delivered = "HTTP: the input answered 202, which comes before it has parsed the message. TCP, TLS: the network took it. UDP: it was handed to the kernel.",
        Framing = Framing.Newline,
        MaxConcurrency = 1,
        MaxBatchEvents = 500,

        // An HTTP input takes 64 KiB of a request unless told otherwise. A longer event still goes, alone.
        MaxBatchBytes = 63 << 10,
    },
    SettingsContext.Default.GelfSettings)
{
    protected override IConnector Create(GelfSettings settings, PluginContext context)
    {
        GelfOptions options = GelfOptions.Of(settings);
        if (GelfEndpoint.IsHttp(options.Endpoint))
            return new GelfHttpConnector(options, GelfEndpoint.ParseHttp(settings, context.Time), context);
        if (options.Endpoint.Scheme != "udp")
            return new GelfStreamConnector(SyslogTransport.Create(ToTransport(options), context));
        context.Log(EventLevel.Warning, "GELF over udp loses messages without a word; for an audit trail use https or tls.");
        return new GelfDatagramConnector(options, context);
    }

    protected override IReadOnlyList<Uri> Endpoints(GelfSettings settings)
    {
        Uri endpoint = GelfEndpoint.Parse(settings.Endpoint);
        return GelfEndpoint.IsHttp(endpoint) ? GelfEndpoint.ParseHttp(settings, TimeProvider.System).Shown : [endpoint];
    }

    private static SyslogTransportOptions ToTransport(GelfOptions options) => new(options.Endpoint)
    {
        Composer = new NulComposer(),
        ComposerFrames = true,
        MaxMessageBytes = options.MaxMessageBytes,
        ReplayTail = options.ReplayTail,
    };
}
