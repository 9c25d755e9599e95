using System.ComponentModel;
using AuditHost.PluginKit.Files;
using AuditHost.Sdk;

namespace AuditHost.Connectors.File;

/// <summary>The settings of a <c>file</c> destination.</summary>
public sealed class FileSettings : RotationSettings
{
    [Description("The file to append to. A relative path counts from the site file's folder. One destination per file.")]
    public required string Path { get; set; }

    internal RotatingFileOptions ToOptions(PluginContext context) => ToOptions(Path, context);
}
