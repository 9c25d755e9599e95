using AuditHost.Connectors.CloudWatch;
using AuditHost.Connectors.CloudWatch.Credentials;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(CloudWatchFactory))]

namespace AuditHost.Connectors.CloudWatch;

/// <summary><c>cloudwatch</c>: sends events to AWS CloudWatch Logs.</summary>
public sealed class CloudWatchFactory() : ConnectorFactory<CloudWatchSettings>(
    new ConnectorInfo("cloudwatch", "Sends events to a log stream of AWS CloudWatch Logs.")
    {
        Content = BatchContent.Payload,
        Delivered = "PutLogEvents answered 200 and does not list the event as too old, too new or expired.",
        MaxConcurrency = 4,
        MaxBatchEvents = CloudWatchLimits.MaxEvents,

        // Below the limit, which counts 26 bytes for each event too: so that a batch of usual events is one call.
        MaxBatchBytes = 1_000_000,
    },
    SettingsContext.Default.CloudWatchSettings)
{
    protected override IConnector Create(CloudWatchSettings settings, PluginContext context)
    {
        LogTarget target = LogTarget.Of(settings, context.Time);
        SettingsCheck.Check(settings);
        var client = new LogsClient(context.Http, target.Endpoints, target.Region, context.Time);
        var requests = new LogsRequests(target, settings);
        var missing = new MissingTarget(client, requests, settings, context);
        return new CloudWatchConnector(client, requests, missing, CredentialSettings.Of(settings), settings.MaxEventBytes, context);
    }

    protected override IReadOnlyList<Uri> Endpoints(CloudWatchSettings settings) => LogTarget.Of(settings, TimeProvider.System).Endpoints.Shown;
}
