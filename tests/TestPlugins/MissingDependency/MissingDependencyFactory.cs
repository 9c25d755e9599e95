using System.Buffers;
using AuditHost.Sdk;
using MissingDependency;
using Outer;

[assembly: Plugin(typeof(MissingDependencyFactory))]

namespace MissingDependency;

/// <summary>Needs a library, which needs another one. The tests take either away.</summary>
public sealed class MissingDependencyFactory() : FormatterFactory(new FormatterInfo("missing_dependency", OuterText.Summary()))
{
    public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

    public override IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context) => new Formatter();

    private sealed class Formatter : IEventFormatter
    {
        public string ContentType => "text/plain";

        public void Format(AuditEvent auditEvent, IBufferWriter<byte> output) => output.Write(auditEvent.Json.Span);
    }
}
