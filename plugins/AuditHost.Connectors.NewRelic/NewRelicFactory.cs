using AuditHost.Connectors.NewRelic;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(NewRelicFactory))]

namespace AuditHost.Connectors.NewRelic;

/// <summary><c>newrelic</c>: sends events to New Relic.</summary>
public sealed class NewRelicFactory() : ConnectorFactory<NewRelicSettings>(
    new ConnectorInfo("newrelic", "Sends events to New Relic as logs, metrics, custom events and spans.")
    {
        Content = BatchContent.Payload,
        Delivered = "Each chosen API of New Relic has answered that it has the request; the receipt keeps the requests' ids. New Relic looks at the data only afterwards, and drops what breaks its rules: "
            + "SELECT * FROM NrIntegrationError WHERE requestId = '<id>' finds that.",
        MaxConcurrency = 8,

        // 1,000,000 bytes a request after compression, which brings events to about a fifth; the Event API grows slower above 100 kB.
        MaxBatchEvents = 500,
        MaxBatchBytes = 1_000_000,
    },
    SettingsContext.Default.NewRelicSettings)
{
    protected override IConnector Create(NewRelicSettings settings, PluginContext context) => new NewRelicConnector(NewRelicOptions.Of(settings, context.Time), context);

    protected override IReadOnlyList<Uri> Endpoints(NewRelicSettings settings) =>
        [.. NewRelicOptions.KindsOf(settings).SelectMany(kind => NewRelicAddress.Parse(settings, kind, TimeProvider.System).Shown)];

    // Metrics and spans are made of the event itself.
    protected override BatchContent Content(NewRelicSettings settings) =>
        settings.Send.Any(kind => kind is TelemetryKind.Logs or TelemetryKind.Events) ? BatchContent.Payload : BatchContent.None;
}
