using AuditHost.Connectors.Slack;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(SlackFactory))]

namespace AuditHost.Connectors.Slack;

/// <summary><c>slack</c>: posts alerts to a channel of Slack.</summary>
public sealed class SlackFactory() : ConnectorFactory<SlackSettings>(
    new ConnectorInfo("slack", "Posts alerts to a channel of Slack, by an incoming webhook or as a bot.")
    {
        Content = BatchContent.Payload,
        DefaultFormat = "slack",
        Delivered = "Slack has posted the message: a webhook answered ok, chat.postMessage answered \"ok\": true.",

        // One message a second and channel ("Rate limits" of Slack's documentation). One to a batch, so that rate_limiting can keep to it.
        MaxConcurrency = 1,
        MaxBatchEvents = 1,
        MaxBatchBytes = 256 << 10,
    },
    SettingsContext.Default.SlackSettings)
{
    protected override IConnector Create(SlackSettings settings, PluginContext context) => SlackConnector.Create(settings, context);

    protected override IReadOnlyList<Uri> Endpoints(SlackSettings settings) => SlackAddress.ShownOf(settings);
}
