namespace AuditHost.Sdk;

/// <summary>Creates a formatter, for instance <c>cef</c> or <c>syslog</c>, from its settings.</summary>
/// <param name="info">What the host must know to place the formatter's output.</param>
public abstract class FormatterFactory(FormatterInfo info) : PluginFactory(info.Type, info.Summary)
{
    /// <summary>What the host must know to place the formatter's output.</summary>
    public FormatterInfo Info { get; } = info;

    /// <summary>Creates a formatter. The host shares one instance between threads.</summary>
    /// <param name="settings">The formatter's own keys as a UTF-8 JSON object.</param>
    /// <param name="context">What the host offers to this destination.</param>
    /// <exception cref="SettingsException">The settings cannot work; the message names the setting and the remedy.</exception>
    public abstract IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context);
}
