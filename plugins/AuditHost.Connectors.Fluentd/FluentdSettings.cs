using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Fluentd;

/// <summary>The keys of a Fluentd destination in a site file.</summary>
public sealed class FluentdSettings
{
    [Description("Where the forward input listens: tls://fluentd.example:24224, tcp:// or host:port. Several as a list: the first that works gets the events.")]
    public required EndpointList Endpoint { get; set; }

    [Description("The tag that Fluentd routes by. With {{ }} in it a template for each event, for instance copybook.{{ audit.type }}.")]
    [DefaultValue("audit")]
    public string Tag { get; set; } = "audit";

    [Description("How events are compressed: none or gzip.")]
    [DefaultValue("none")]
    public FluentdCompression Compression { get; set; }

    [Description("Whether a batch counts as delivered only when Fluentd has acknowledged it. Without, it counts as delivered when the network took it.")]
    [DefaultValue(true)]
    public bool RequireAck { get; set; } = true;

    [Description("The shared key of the input's <security>. With it the input must greet; without it, it must not.")]
    [PasswordPropertyText(true)]
    public string? SharedKey { get; set; }

    [Description("The user, where the input's <security> has user_auth.")]
    public string? Username { get; set; }

    [Description("The user's password.")]
    [PasswordPropertyText(true)]
    public string? Password { get; set; }

    [Description("The name by which this host greets; it must not be the input's own. Where left out, audithost- and the machine's name.")]
    public string? Hostname { get; set; }

    [Description("The most bytes of events in one message, before compression, 1024 to 67108864. Keep it below the input's chunk_size_limit: what is above that, Fluentd drops without a word. An event that does not fit becomes a dead letter.")]
    [DefaultValue(1_000_000)]
    public int MaxChunkBytes { get; set; } = 1_000_000;
}
