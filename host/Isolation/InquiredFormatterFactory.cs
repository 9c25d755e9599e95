using AuditHost.Sdk;

namespace AuditHost.Isolation;

/// <summary>A format of a plugin that is not loaded here.</summary>
internal sealed class InquiredFormatterFactory(FormatterInfo info, ReadOnlyMemory<byte> schema) : FormatterFactory(info)
{
    public override ReadOnlyMemory<byte> SettingsSchema => schema;

    public override IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context) =>
        throw new SettingsException(string.Empty, $"The plugin of format '{Type}' runs in a process of its own alone (host.plugins.isolation).");
}
