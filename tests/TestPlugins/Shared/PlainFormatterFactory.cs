using System.Buffers;
using AuditHost.Sdk;
using TestPlugins.Shared;

[assembly: Plugin(typeof(PlainFormatterFactory))]

namespace TestPlugins.Shared;

/// <summary>A formatter without any fault, for plugins whose fault lies in their build.</summary>
public sealed class PlainFormatterFactory() : FormatterFactory(new FormatterInfo("plain", "The event as it is."))
{
    public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

    public override IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context) => new Formatter();

    private sealed class Formatter : IEventFormatter
    {
        public string ContentType => "text/plain";

        public void Format(AuditEvent auditEvent, IBufferWriter<byte> output) => output.Write(auditEvent.Json.Span);
    }
}
