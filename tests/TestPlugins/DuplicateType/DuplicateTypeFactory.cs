using AuditHost.Sdk;
using DuplicateType;

[assembly: Plugin(typeof(DuplicateTypeFactory))]

namespace DuplicateType;

/// <summary>Claims a type that <c>Good</c> provides.</summary>
public sealed class DuplicateTypeFactory() : ConnectorFactory(new ConnectorInfo("echo", "Would take over from another plugin."))
{
    public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

    public override IConnector Create(ReadOnlyMemory<byte> settings, PluginContext context) => throw new NotSupportedException();
}
