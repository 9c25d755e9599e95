using System.Text.Json.Serialization.Metadata;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Settings;

/// <summary>A connector factory whose settings are a class of the plugin, bound by source-generated JSON.</summary>
/// <param name="info">What the host must know before it can prepare a batch.</param>
/// <param name="settings">The settings' metadata from the plugin's <c>JsonSerializerContext</c>.</param>
public abstract class ConnectorFactory<TSettings>(ConnectorInfo info, JsonTypeInfo<TSettings> settings) : ConnectorFactory(info)
    where TSettings : class
{
    private readonly SettingsBinder<TSettings> _binder = new(settings);

    /// <inheritdoc/>
    public sealed override ReadOnlyMemory<byte> SettingsSchema => _binder.Schema;

    /// <inheritdoc/>
    public sealed override IConnector Create(ReadOnlyMemory<byte> settings, PluginContext context) =>
        Create(_binder.Bind(settings), context);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Uri> Endpoints(ReadOnlyMemory<byte> settings) => Endpoints(_binder.Bind(settings));

    /// <inheritdoc/>
    public sealed override BatchContent Content(ReadOnlyMemory<byte> settings) => Content(_binder.Bind(settings));

    /// <inheritdoc cref="ConnectorFactory.Create"/>
    protected abstract IConnector Create(TSettings settings, PluginContext context);

    /// <inheritdoc cref="ConnectorFactory.Endpoints"/>
    protected virtual IReadOnlyList<Uri> Endpoints(TSettings settings) => [];

    /// <inheritdoc cref="ConnectorFactory.Content"/>
    protected virtual BatchContent Content(TSettings settings) => Info.Content;
}
