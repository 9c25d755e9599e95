using AuditHost.Connectors.Syslog;
using AuditHost.PluginKit.Files;
using AuditHost.PluginKit.Settings;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

[assembly: Plugin(typeof(GenericCefFactory))]

namespace AuditHost.Connectors.Syslog;

/// <summary><c>generic_cef</c>: CEF to a syslog receiver, a file, a connection or datagrams.</summary>
public sealed class GenericCefFactory() : ConnectorFactory<GenericCefSettings>(
    new ConnectorInfo("generic_cef", "Writes CEF to a syslog receiver, a file, a TCP connection or UDP datagrams.")
    {
        Content = BatchContent.Payload,
        DefaultFormat = "cef",
        Delivered = "File: the line is synced to the disk. TCP, TLS: the network took it; the last lines are sent again when a connection breaks. UDP: it was handed to the kernel.",
        MaxConcurrency = 1,

        // What is in flight when a connection breaks may come twice; a small batch keeps that small.
        MaxBatchEvents = 500,
        MaxBatchBytes = 256 << 10,
    },
    SettingsContext.Default.GenericCefSettings)
{
    protected override IConnector Create(GenericCefSettings settings, PluginContext context)
    {
        CefOutputSettings.Check(settings);
        return settings.OutputType == CefOutput.File
            ? new CefFileConnector(new FileDelivery(settings.ToFileOptions(context), context), settings.MaxMessageBytes)
            : new SyslogConnector(SyslogTransport.Create(settings.ToTransportOptions(), context));
    }

    protected override IReadOnlyList<Uri> Endpoints(GenericCefSettings settings) =>
        settings.OutputType == CefOutput.File ? FileEndpoint.Of(settings.Path) : [settings.Endpoint];
}
