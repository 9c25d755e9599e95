using AuditHost.Connectors.AppDynamics;
using AuditHost.Connectors.AppDynamics.Events;
using AuditHost.Connectors.AppDynamics.Metrics;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(AppDynamicsFactory))]

namespace AuditHost.Connectors.AppDynamics;

/// <summary><c>appdynamics</c>: publishes events to AppDynamics Analytics, and counts them into metrics of a machine agent.</summary>
public sealed class AppDynamicsFactory() : ConnectorFactory<AppDynamicsSettings>(
    new ConnectorInfo("appdynamics", "Publishes events to the Events Service of AppDynamics Analytics, and counts them into custom metrics of a machine agent.")
    {
        Content = BatchContent.Payload,
        Delivered = "The Events Service answered 200 or 202, by which it has taken the whole batch. With metrics alone, the machine agent has taken the batch's counts.",
        MaxConcurrency = 4,

        // A row has the envelope's columns beside the payload, whose quotes are escaped in it: so that usual batches stay below 1 MB.
        MaxBatchEvents = 500,
        MaxBatchBytes = 600_000,
    },
    SettingsContext.Default.AppDynamicsSettings)
{
    protected override IConnector Create(AppDynamicsSettings settings, PluginContext context) => AppDynamicsConnector.Create(settings, context);

    protected override IReadOnlyList<Uri> Endpoints(AppDynamicsSettings settings) =>
    [
        .. Sends(settings, Sending.Events) ? EventsAddress.Parse(settings, TimeProvider.System).Shown : [],
        .. Sends(settings, Sending.Metrics) ? [HttpEndpoint.Shown(AgentAddress.Parse(settings.MachineAgent))] : Array.Empty<Uri>(),
    ];

    protected override BatchContent Content(AppDynamicsSettings settings) =>
        Sends(settings, Sending.Events) && settings.EventColumn.Length > 0 ? BatchContent.Payload : BatchContent.None;

    private static bool Sends(AppDynamicsSettings settings, Sending what) => settings.Send.Contains(what);
}
