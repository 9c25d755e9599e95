using System.ComponentModel;
using AuditHost.PluginKit.Transport;

namespace AuditHost.Connectors.Syslog;

/// <summary>The settings of a <c>syslog</c> destination.</summary>
public sealed class SyslogSettings
{
    [Description("The receiver as host:port, an IPv6 address in brackets. Without a port 514, with tls 6514.")]
    public required string Server { get; set; }

    [Description("What carries the messages: udp, tcp or tls. Only tcp and tls notice a receiver that went away.")]
    [DefaultValue("udp")]
    public SyslogProtocol Protocol { get; set; }

    [Description("How messages are told apart on a connection (RFC 6587): newline or octet_counting. tcp: newline unless said otherwise; tls always counts octets.")]
    public SyslogFraming? Framing { get; set; }

    [Description("The most bytes of a message; a longer one becomes a dead letter and is never cut. 8192, with udp 65507.")]
    public int? MaxMessageBytes { get; set; }

    [Description("How many messages are sent again after a connection broke, since syslog acknowledges none; 0 sends none again.")]
    [DefaultValue(TransportSettings.DefaultReplayTail)]
    public int ReplayTail { get; set; } = TransportSettings.DefaultReplayTail;

    internal Uri Endpoint => SyslogServer.Parse("server", Server, Protocol);

    internal SyslogTransportOptions ToOptions() => TransportSettings.Check(Endpoint, Framing, MaxMessageBytes, ReplayTail);
}
