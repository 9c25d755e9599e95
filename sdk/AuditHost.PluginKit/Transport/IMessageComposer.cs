using System.Buffers;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>Writes the message around an event's payload, for instance a header before it.</summary>
public interface IMessageComposer
{
    /// <summary>Writes the whole message, header and payload, without framing.</summary>
    void Compose(in OutboundEvent outboundEvent, IBufferWriter<byte> output);
}
