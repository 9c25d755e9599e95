using AuditHost.Sdk;
using HiddenFactory;

[assembly: Plugin(typeof(HiddenFactoryFactory))]

namespace HiddenFactory;

/// <summary>Announced, but not public.</summary>
internal sealed class HiddenFactoryFactory() : FormatterFactory(new FormatterInfo("hidden", "Not public."))
{
    public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

    public override IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context) => throw new NotSupportedException();
}
