using AuditHost.Connectors.Syslog;
using AuditHost.PluginKit.Settings;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

[assembly: Plugin(typeof(SyslogFactory))]

namespace AuditHost.Connectors.Syslog;

/// <summary><c>syslog</c>: sends events to a syslog receiver over UDP, TCP or TLS.</summary>
public sealed class SyslogFactory() : ConnectorFactory<SyslogSettings>(
    new ConnectorInfo("syslog", "Sends events to a syslog receiver over UDP, TCP or TLS.")
    {
        Content = BatchContent.Payload,
        DefaultFormat = "syslog",
        Delivered = "TCP, TLS: the network took the message; the last ones are sent again when a connection breaks. UDP: it was handed to the kernel.",
        MaxConcurrency = 1,

        // What is in flight when a connection breaks may come twice; a small batch keeps that small.
        MaxBatchEvents = 500,
        MaxBatchBytes = 256 << 10,
    },
    SettingsContext.Default.SyslogSettings)
{
    protected override IConnector Create(SyslogSettings settings, PluginContext context) =>
        new SyslogConnector(SyslogTransport.Create(settings.ToOptions(), context));

    protected override IReadOnlyList<Uri> Endpoints(SyslogSettings settings) => [settings.Endpoint];
}
