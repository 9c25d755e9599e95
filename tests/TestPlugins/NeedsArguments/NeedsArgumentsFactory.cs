using AuditHost.Sdk;
using NeedsArguments;

[assembly: Plugin(typeof(NeedsArgumentsFactory))]

namespace NeedsArguments;

/// <summary>The host has no arguments to give.</summary>
public sealed class NeedsArgumentsFactory(string summary) : FormatterFactory(new FormatterInfo("needs_arguments", summary))
{
    public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

    public override IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context) => throw new NotSupportedException();
}
