using AuditHost.Connectors.File;
using AuditHost.PluginKit.Files;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(FileFactory))]

namespace AuditHost.Connectors.File;

/// <summary><c>file</c>: appends events to a file, one to a line, with rotation.</summary>
public sealed class FileFactory() : ConnectorFactory<FileSettings>(
    new ConnectorInfo("file", "Appends events to a file, one to a line, with rotation by size and time.")
    {
        Content = BatchContent.Body,
        DefaultFormat = "jsonl",
        Delivered = "The lines are written and synced to the disk.",

        // A JSON array per batch would make a file that nothing can read, whatever the format would rather have.
        Framing = Framing.Newline,
        MaxConcurrency = 1,
        MaxBatchEvents = 10_000,
        MaxBatchBytes = 4 << 20,
    },
    SettingsContext.Default.FileSettings)
{
    protected override IConnector Create(FileSettings settings, PluginContext context) =>
        new FileConnector(new FileDelivery(settings.ToOptions(context), context));

    protected override IReadOnlyList<Uri> Endpoints(FileSettings settings) => FileEndpoint.Of(settings.Path);
}
