using AuditHost.Sdk;
using DiesInConstructor;

[assembly: Plugin(typeof(DiesInConstructorFactory))]

namespace DiesInConstructor;

/// <summary>Takes along whatever process so much as looks at it.</summary>
public sealed class DiesInConstructorFactory : ConnectorFactory
{
    public DiesInConstructorFactory()
        : base(new ConnectorInfo("dies_in_constructor", "Never gets that far.")) => Environment.FailFast("Not even a constructor.");

    public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

    public override IConnector Create(ReadOnlyMemory<byte> settings, PluginContext context) => throw new NotSupportedException();
}
