using System.Buffers;
using AuditHost.Formatting;
using AuditHost.Sdk;

namespace AuditHost.Tests.Delivery;

/// <summary>A body of ids, which cannot be made with an event whose id is <c>unsayable</c>.</summary>
internal sealed class IdBody : IBodyFormatter
{
    public string ContentType => "text/plain";

    public void Format(ReadOnlySpan<OutboundEvent> events, BatchFacts facts, IBufferWriter<byte> output)
    {
        output.Write("["u8);
        foreach (OutboundEvent outbound in events)
        {
            if (outbound.Event.Id.Equals("unsayable"u8))
                throw new FormatException("cannot be said");
            outbound.Event.Id.WriteTo(output);
        }

        output.Write("]"u8);
    }
}
