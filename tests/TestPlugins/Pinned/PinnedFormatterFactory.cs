using System.Buffers;
using System.Text;
using AuditHost.Sdk;
using Newtonsoft.Json;
using Pinned;

[assembly: Plugin(typeof(PinnedFormatterFactory))]

namespace Pinned;

/// <summary>Keeps itself in memory, and says so.</summary>
public sealed class PinnedFormatterFactory() : FormatterFactory(
    new FormatterInfo("pinned", "Serializes by reflection.") { PinnedBy = "Newtonsoft.Json keeps every type that it serialized." })
{
    public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

    public override IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context) => new Formatter();

    private sealed class Formatter : IEventFormatter
    {
        public string ContentType => "application/json";

        public void Format(AuditEvent auditEvent, IBufferWriter<byte> output) =>
            output.Write(Encoding.UTF8.GetBytes(JsonConvert.SerializeObject(new Entry { Id = auditEvent.Id.ToString() })));
    }

    private sealed class Entry
    {
        public string? Id { get; init; }
    }
}
