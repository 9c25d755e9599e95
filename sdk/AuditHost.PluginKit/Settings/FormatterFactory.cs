using System.Text.Json.Serialization.Metadata;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Settings;

/// <summary>A formatter factory whose settings are a class of the plugin, bound by source-generated JSON.</summary>
/// <param name="info">What the host must know to place the formatter's output.</param>
/// <param name="settings">The settings' metadata from the plugin's <c>JsonSerializerContext</c>.</param>
public abstract class FormatterFactory<TSettings>(FormatterInfo info, JsonTypeInfo<TSettings> settings) : FormatterFactory(info)
    where TSettings : class
{
    private readonly SettingsBinder<TSettings> _binder = new(settings);

    /// <inheritdoc/>
    public sealed override ReadOnlyMemory<byte> SettingsSchema => _binder.Schema;

    /// <inheritdoc/>
    public sealed override IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context) =>
        Create(_binder.Bind(settings), context);

    /// <inheritdoc cref="FormatterFactory.Create"/>
    protected abstract IEventFormatter Create(TSettings settings, PluginContext context);
}
