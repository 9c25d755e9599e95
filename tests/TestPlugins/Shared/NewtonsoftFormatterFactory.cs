using AuditHost.Sdk;
using TestPlugins.Shared;

[assembly: Plugin(typeof(NewtonsoftFormatterFactory))]

namespace TestPlugins.Shared;

/// <summary>Named after its assembly, since two plugins are made of this source.</summary>
public sealed class NewtonsoftFormatterFactory() : FormatterFactory(
    new FormatterInfo(typeof(NewtonsoftFormatterFactory).Assembly.GetName().Name == "OldNewtonsoft" ? "old_newtonsoft" : "new_newtonsoft", "Names its JSON library."))
{
    public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

    public override IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context) => new NewtonsoftFormatter();
}
