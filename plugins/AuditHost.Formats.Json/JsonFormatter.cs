using System.Buffers;
using AuditHost.Sdk;

namespace AuditHost.Formats.Json;

/// <summary>The event as it was received, token by token; only white space between tokens goes.</summary>
internal sealed class JsonFormatter : IEventFormatter
{
    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);

    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> json = auditEvent.Json.Span;

        // A raw line break cannot stand inside a JSON string, so without one the event already fits on a line.
        if (json.ContainsAny(LineBreaks))
            JsonMinifier.Write(json, output);
        else
            output.Write(json);
    }
}
