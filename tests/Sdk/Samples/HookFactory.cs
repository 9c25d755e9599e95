using Acme.Hook;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(HookFactory))]

namespace Acme.Hook;

public sealed class HookFactory() : ConnectorFactory<HookSettings>(
    new ConnectorInfo("acme_hook", "Posts batches of events to Acme Hook.")
    {
        Content = BatchContent.Body,
        DefaultFormat = "jsonl",
        MaxConcurrency = 4,
        MaxBatchEvents = 1000,
        MaxBatchBytes = 4 << 20,
    },
    SettingsContext.Default.HookSettings)
{
    protected override IConnector Create(HookSettings settings, PluginContext context)
    {
        if (!settings.Endpoint.IsAbsoluteUri)
            throw new SettingsException("endpoint", "The endpoint is not absolute. Write it out, beginning with https://.");
        return new HookConnector(settings, context.Http, context.Time);
    }

    protected override IReadOnlyList<Uri> Endpoints(HookSettings settings) => [settings.Endpoint];
}
