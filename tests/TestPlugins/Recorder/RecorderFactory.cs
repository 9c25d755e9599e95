using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;
using Recorder;

[assembly: Plugin(typeof(RecorderFactory))]

namespace Recorder;

public sealed class RecorderFactory() : ConnectorFactory<RecorderSettings>(
    new ConnectorInfo("recorder", "Writes a file per batch with a line per event: the plugin's version and the event's id.") { MaxConcurrency = 4, MaxBatchEvents = 50 },
    SettingsContext.Default.RecorderSettings)
{
    protected override IConnector Create(RecorderSettings settings, PluginContext context) => new RecorderConnector(settings);
}
