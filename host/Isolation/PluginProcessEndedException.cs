namespace AuditHost.Isolation;

/// <summary>A plugin's process ended, by itself or because it broke a limit; the message says how.</summary>
internal sealed class PluginProcessEndedException(string reason) : IOException(reason);
