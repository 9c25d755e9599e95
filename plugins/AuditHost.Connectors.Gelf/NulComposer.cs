using System.Buffers;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Gelf;

/// <summary>Ends each message with a NUL byte. JSON has none inside; one that a template left there would begin another message, so it goes.</summary>
internal sealed class NulComposer : IMessageComposer
{
    public void Compose(in OutboundEvent outboundEvent, IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> payload = outboundEvent.Payload.Span;
        if (payload.IsEmpty)
            return;
        while (payload.IndexOf((byte)0) is >= 0 and var stop)
        {
            output.Write(payload[..stop]);
            payload = payload[(stop + 1)..];
        }

        output.Write(payload);
        output.Write("\0"u8);
    }
}
