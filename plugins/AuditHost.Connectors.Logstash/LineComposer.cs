using System.Buffers;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Logstash;

/// <summary>Ends each event with a line feed, as the codec <c>json_lines</c> wants it.</summary>
internal sealed class LineComposer(EventWriter writer) : IMessageComposer
{
    /// <summary>Whether the format of the batch makes JSON.</summary>
    public bool IsJson { get; set; }

    public void Compose(in OutboundEvent outboundEvent, IBufferWriter<byte> output)
    {
        if (outboundEvent.Payload.IsEmpty)
            return;
        writer.Write(outboundEvent.Event, outboundEvent.Payload.Span, IsJson, output);
        output.Write("\n"u8);
    }
}
