using System.Buffers;
using System.Text.Json;
using AuditHost.Sdk;
using NewerJson;

[assembly: Plugin(typeof(NewerJsonFormatterFactory))]

namespace NewerJson;

/// <summary>Says which System.Text.Json it runs on, by means of that very library.</summary>
public sealed class NewerJsonFormatterFactory() : FormatterFactory(new FormatterInfo("newer_json", "Names its JSON library."))
{
    public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

    public override IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context) => new Formatter();

    private sealed class Formatter : IEventFormatter
    {
        public string ContentType => "application/json";

        public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
        {
            using JsonDocument received = JsonDocument.Parse(auditEvent.Json);
            using var writer = new Utf8JsonWriter(output);
            writer.WriteStartObject();
            writer.WriteNumber("major", typeof(JsonDocument).Assembly.GetName().Version!.Major);
            writer.WritePropertyName("event");
            received.RootElement.WriteTo(writer);
            writer.WriteEndObject();
        }
    }
}
