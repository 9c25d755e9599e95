namespace AuditHost.Plugins;

/// <summary>The machine does not take a copy of a plugin: a full or failing disk, which is no plugin's fault.</summary>
internal sealed class PluginStageException(string folder, Exception innerException)
    : IOException($"The plugin {folder} cannot be copied into the temporary folder {Path.GetTempPath()}: {innerException.Message}", innerException);
