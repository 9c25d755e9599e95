using AuditHost.Connectors.Teams;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(TeamsFactory))]

namespace AuditHost.Connectors.Teams;

/// <summary><c>teams</c>: posts alerts to a channel or chat of Microsoft Teams.</summary>
public sealed class TeamsFactory() : ConnectorFactory<TeamsSettings>(
    new ConnectorInfo("teams", "Posts alerts to a channel or chat of Microsoft Teams, by a workflow's webhook.")
    {
        Content = BatchContent.Payload,
        DefaultFormat = "teams",
        Delivered = "The workflow's trigger answered 202: its run is queued. Whether the run then posts the card is not reported back.",

        // One to a batch, so that rate_limiting can pace messages.
        MaxConcurrency = 1,
        MaxBatchEvents = 1,
        MaxBatchBytes = TeamsConnector.MaxMessageBytes,
    },
    SettingsContext.Default.TeamsSettings)
{
    protected override IConnector Create(TeamsSettings settings, PluginContext context) => TeamsConnector.Create(settings, context);

    protected override IReadOnlyList<Uri> Endpoints(TeamsSettings settings) => WorkflowAddress.Parse(settings, TimeProvider.System).ShownServers;
}
