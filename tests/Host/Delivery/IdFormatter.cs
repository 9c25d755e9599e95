using System.Buffers;
using AuditHost.Sdk;

namespace AuditHost.Tests.Delivery;

/// <summary>Renders an event as its id, and refuses those whose id is <c>unrenderable</c>.</summary>
internal sealed class IdFormatter : IEventFormatter
{
    public string ContentType => "text/plain";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        output.Write("<"u8);
        if (auditEvent.Id.Equals("unrenderable"u8))
            throw new FormatException("cannot be said");
        auditEvent.Id.WriteTo(output);
        output.Write(">"u8);
    }
}
