using AuditHost.Sdk;
using BadTypeName;

[assembly: Plugin(typeof(BadTypeNameFactory))]

namespace BadTypeName;

/// <summary>A type with a dash and capitals.</summary>
public sealed class BadTypeNameFactory() : FormatterFactory(new FormatterInfo("Bad-Name", "Cannot be named in a site file."))
{
    public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

    public override IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context) => throw new NotSupportedException();
}
