using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Gelf;

/// <summary>The settings of a <c>gelf</c> destination.</summary>
public sealed class GelfSettings
{
    [Description("The input: udp://host:12201, tcp://host:12201, tls://host:12201, or http(s)://host:12202/gelf. Only http and https are answered; udp loses messages without a word. Several of http and https as a list.")]
    public required EndpointList Endpoint { get; set; }

    [Description("Which of several endpoints gets the next request; http and https only.")]
    [DefaultValue("failover")]
    public EndpointBalancing Balancing { get; set; }

    [Description("none, gzip or zlib. udp: what does not fit one datagram is compressed, gzip unless said otherwise. http and https: none or gzip, none unless said otherwise. tcp and tls cannot compress.")]
    public GelfCompression? Compression { get; set; }

    [Description("The most bytes of a datagram, udp only, 512 to 8192; a longer message goes in up to 128 of them. 1420 passes most networks unbroken, up to 8192 is for a network of one's own. 1420 where left out.")]
    public int? ChunkBytes { get; set; }

    [Description("The most bytes of a message before compression, all but http and https; a longer one becomes a dead letter. Keep it at what the input takes. 2097152 where left out.")]
    public int? MaxMessageBytes { get; set; }

    [Description("Whether a batch goes in one request, its messages on lines; http and https only. Needs 'Enable Bulk Receiving' at the input: without it Graylog loses all but the first and says nothing.")]
    [DefaultValue(false)]
    public bool Bulk { get; set; }

    [Description("How many messages are sent again after a connection broke, tcp and tls only, since GELF over tcp acknowledges none; 0 sends none again. 2000 where left out.")]
    public int? ReplayTail { get; set; }
}
