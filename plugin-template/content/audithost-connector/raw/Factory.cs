using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(Template._1.Factory))]

namespace Template._1;

/// <summary>What the host knows before it has sent anything: the name, the limits, the settings.</summary>
public sealed class Factory() : ConnectorFactory<Settings>(
    new ConnectorInfo("template_type_id", "Writes events to a connection, one to a line.")
    {
        DefaultFormat = "jsonl",
        Framing = Framing.Newline,

        // One connection, and so one send at a time, in order.
        MaxConcurrency = 1,
        MaxBatchEvents = 500,
        MaxBatchBytes = 256 << 10,
    },
    SettingsContext.Default.Settings)
{
    protected override IConnector Create(Settings settings, PluginContext context) => new Connector(Parse(settings.Endpoint), context);

    protected override IReadOnlyList<Uri> Endpoints(Settings settings) => [Parse(settings.Endpoint)];

    private static Uri Parse(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? endpoint) && endpoint is { Scheme: "tcp" or "tls", Host.Length: > 0, Port: > 0, UserInfo.Length: 0 }
            ? endpoint
            : throw new SettingsException("endpoint", "Not an address to connect to. Expected tcp://host:port or tls://host:port");
}
