using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Syslog;

/// <summary>Checks the settings that <c>syslog</c> and <c>generic_cef</c> have in common.</summary>
internal static class TransportSettings
{
    public const int DefaultReplayTail = 2000;

    /// <summary>What RFC 5425 receivers should take, and what rsyslog takes unless told otherwise.</summary>
    private const int StreamMessageBytes = 8192;

    /// <summary>The most a datagram over IPv4 holds.</summary>
    private const int MaxDatagramBytes = 65_507;

    public static SyslogTransportOptions Check(Uri endpoint, SyslogFraming? framing, int? maxMessageBytes, int replayTail)
    {
        bool isUdp = endpoint.Scheme == "udp";
        bool isTls = endpoint.Scheme == "tls";
        if (framing is not null && isUdp)
            throw new SettingsException("framing", "'framing' has no meaning with udp, where each message is a datagram; leave it out.");
        if (framing == SyslogFraming.Newline && isTls)
            throw new SettingsException("framing", "TLS always counts octets (RFC 5425); leave 'framing' out.");
        if (maxMessageBytes < 1)
            throw new SettingsException("max_message_bytes", $"'max_message_bytes' is {maxMessageBytes}; it must be 1 or more.");
        if (isUdp && maxMessageBytes > MaxDatagramBytes)
            throw new SettingsException("max_message_bytes", $"'max_message_bytes' is {maxMessageBytes}; a datagram holds at most {MaxDatagramBytes} bytes.");
        if (replayTail < 0)
            throw new SettingsException("replay_tail", $"'replay_tail' is {replayTail}; it must be 0 or more.");

        return new SyslogTransportOptions(endpoint)
        {
            Framing = framing ?? (isTls ? SyslogFraming.OctetCounting : SyslogFraming.Newline),
            MaxMessageBytes = maxMessageBytes ?? (isUdp ? MaxDatagramBytes : StreamMessageBytes),
            ReplayTail = replayTail,
        };
    }
}
