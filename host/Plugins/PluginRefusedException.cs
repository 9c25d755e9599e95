namespace AuditHost.Plugins;

/// <summary>A plugin folder that does not serve. The message is the reason and the remedy, for the operator.</summary>
internal sealed class PluginRefusedException(string reason, PluginStatus status = PluginStatus.Broken) : Exception(reason)
{
    public PluginStatus Status { get; } = status;
}
