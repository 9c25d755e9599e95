using System.Buffers;
using System.Text;
using AuditHost.Sdk;

namespace Good;

/// <summary>The event in capitals.</summary>
internal sealed class UpperFormatter : IEventFormatter
{
    public string ContentType => "text/plain";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> json = auditEvent.Json.Span;
        Ascii.ToUpper(json, output.GetSpan(json.Length), out int written);
        output.Advance(written);
    }
}
