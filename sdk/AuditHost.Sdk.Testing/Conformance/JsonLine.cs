using System.Buffers;
using System.Text.Json;

namespace AuditHost.Sdk.Testing;

/// <summary>The event as received, on one line: what the host's formats <c>json</c> and <c>jsonl</c> write.</summary>
internal sealed class JsonLine : IEventFormatter
{
    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        using JsonDocument document = JsonDocument.Parse(auditEvent.Json);
        using var writer = new Utf8JsonWriter(output);
        document.WriteTo(writer);
    }
}
