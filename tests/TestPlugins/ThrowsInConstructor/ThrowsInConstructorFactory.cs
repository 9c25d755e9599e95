using AuditHost.Sdk;
using ThrowsInConstructor;

[assembly: Plugin(typeof(ThrowsInConstructorFactory))]

namespace ThrowsInConstructor;

/// <summary>Fails before it can say what it is.</summary>
public sealed class ThrowsInConstructorFactory : FormatterFactory
{
    public ThrowsInConstructorFactory()
        : base(new FormatterInfo("throws", "Never seen."))
    {
        throw new InvalidOperationException("The moon is not full");
    }

    public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

    public override IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context) => throw new NotSupportedException();
}
