using AuditHost.Sdk;

namespace AuditHost.Isolation.Messages;

/// <summary>One factory of a plugin, in words: all that the host ever reads of it.</summary>
internal sealed record FactoryMessage
{
    /// <summary>Set for a connector.</summary>
    public ConnectorInfo? Connector { get; init; }

    /// <summary>Set for a formatter.</summary>
    public FormatterInfo? Formatter { get; init; }

    public required byte[] SettingsSchema { get; init; }

    public static FactoryMessage Of(PluginFactory factory) => new()
    {
        Connector = (factory as ConnectorFactory)?.Info,
        Formatter = (factory as FormatterFactory)?.Info,
        SettingsSchema = factory.SettingsSchema.ToArray(),
    };
}
