using AuditHost.Connectors.Otlp;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(OtlpFactory))]

namespace AuditHost.Connectors.Otlp;

/// <summary><c>otlp</c>: sends events as OpenTelemetry log records over OTLP/HTTP.</summary>
public sealed class OtlpFactory() : ConnectorFactory<OtlpSettings>(
    new ConnectorInfo("otlp", "Sends events as OpenTelemetry log records over OTLP/HTTP, to a collector or straight to a backend.")
    {
        Content = BatchContent.Payload,
        Delivered = "The receiver answered with success and rejected no record. OTLP's acknowledgement is that of the next hop: what a collector passes on to is not in it.",
        MaxConcurrency = 8,

        // Receivers should take 64 MiB (specification, "OTLP/HTTP Request"); the collector takes 20 MiB unless told otherwise, gateways less.
        MaxBatchEvents = 1000,
        MaxBatchBytes = 4 << 20,
    },
    SettingsContext.Default.OtlpSettings)
{
    protected override IConnector Create(OtlpSettings settings, PluginContext context) => new OtlpConnector(OtlpOptions.Of(settings, context.Time), context);

    protected override IReadOnlyList<Uri> Endpoints(OtlpSettings settings) => OtlpOptions.EndpointsOf(settings, TimeProvider.System).Shown;
}
