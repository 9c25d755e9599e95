using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Syslog;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.QRadar;

/// <summary>Checks the settings of a way into QRadar. One that belongs to another way is refused where it says more than its default.</summary>
internal static class QRadarOptions
{
    public const int UsualReplayTail = 2000;

    private const int TlsBytes = 8192;
    private const int TcpBytes = 4096;
    private const int UdpBytes = 1024;
    private const int MostDatagramBytes = 65_507;
    private const int ReceiverPort = 12_469;

    public static QRadarMode ModeOf(QRadarSettings settings) => settings.Mode ?? QRadarMode.Tls;

    /// <summary>Where events go in mode http_receiver.</summary>
    /// <exception cref="SettingsException">Nothing says so, or it is no address.</exception>
    public static HttpEndpoints ReceiversOf(QRadarSettings settings, TimeProvider time)
    {
        EndpointList? list = settings.ReceiverEndpoint;
        if (list is null && settings.ApiEndpoint is { } api)
            list = EndpointList.Of(new UriBuilder("https", ConsoleOptions.BaseOf(api).Host, ReceiverPort).Uri.AbsoluteUri);
        return list is null
            ? throw new SettingsException("receiver_endpoint", "'receiver_endpoint' is missing; write the address of the log source, such as https://collector.example:12469/.")
            : HttpEndpoints.Parse("receiver_endpoint", list, settings.Balancing, time);
    }

    /// <summary>Where events go in the other modes.</summary>
    /// <exception cref="SettingsException">Nothing says so, or it is no address.</exception>
    public static Uri ServerOf(QRadarSettings settings)
    {
        SyslogProtocol protocol = ModeOf(settings) switch
        {
            QRadarMode.Udp => SyslogProtocol.Udp,
            QRadarMode.Tcp => SyslogProtocol.Tcp,
            _ => SyslogProtocol.Tls,
        };
        if (settings.Server is null && settings.ApiEndpoint is null)
            throw new SettingsException("server", "'server' is missing; write the event collector as host:port, or set api_endpoint, whose host then serves.");
        return SyslogServer.Parse("server", settings.Server ?? ConsoleOptions.BaseOf(settings.ApiEndpoint!).Host, protocol);
    }

    /// <exception cref="SettingsException">A setting would be ignored; the message says which modes have it.</exception>
    public static void CheckHomes(QRadarSettings settings)
    {
        var defaults = new QRadarSettings();
        QRadarMode mode = ModeOf(settings);
        const string Syslog = "tls, tcp and udp";
        if (mode == QRadarMode.HttpReceiver)
        {
            Refuse("server", settings.Server is not null, mode, Syslog);
            Refuse("header", settings.Header != defaults.Header, mode, Syslog);
            Refuse("facility", settings.Facility != defaults.Facility, mode, Syslog);
            Refuse("app_name", settings.AppName != defaults.AppName, mode, Syslog);
            Refuse("hostname", settings.Hostname != defaults.Hostname, mode, Syslog);
            Refuse("max_message_bytes", settings.MaxMessageBytes is not null, mode, Syslog);
        }
        else
        {
            Refuse("receiver_endpoint", settings.ReceiverEndpoint is not null, mode, "http_receiver");
            Refuse("balancing", settings.Balancing != defaults.Balancing, mode, "http_receiver");
        }

        if (mode is QRadarMode.HttpReceiver or QRadarMode.Udp)
        {
            Refuse("framing", settings.Framing != defaults.Framing, mode, "tls and tcp");
            Refuse("replay_tail", settings.ReplayTail != defaults.ReplayTail, mode, "tls and tcp");
        }
    }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static SyslogTransportOptions TransportOf(QRadarSettings settings)
    {
        QRadarMode mode = ModeOf(settings);
        if (settings.MaxMessageBytes < 1 || (mode == QRadarMode.Udp && settings.MaxMessageBytes > MostDatagramBytes))
            throw new SettingsException("max_message_bytes", $"'max_message_bytes' is {settings.MaxMessageBytes}; it must be 1 or more, and for udp at most {MostDatagramBytes}.");
        if (settings.ReplayTail < 0)
            throw new SettingsException("replay_tail", $"'replay_tail' is {settings.ReplayTail}; it must be 0 or more.");
        if (settings.Hostname.Contains(':', StringComparison.Ordinal))
            throw new SettingsException("hostname", "'hostname' is an IPv6 address, which QRadar cannot read in a syslog header; write a name or an IPv4 address.");
        return new SyslogTransportOptions(ServerOf(settings))
        {
            Composer = new QRadarComposer(settings.Header, new SyslogOptions(settings.Facility, settings.AppName, settings.Hostname), settings.AppName),
            Framing = settings.Framing,
            MaxMessageBytes = settings.MaxMessageBytes ?? (mode == QRadarMode.Tls ? TlsBytes : mode == QRadarMode.Tcp ? TcpBytes : UdpBytes),
            ReplayTail = settings.ReplayTail,
        };
    }

    private static void Refuse(string setting, bool isSet, QRadarMode mode, string home)
    {
        if (isSet)
            throw new SettingsException(
                setting,
                $"'{setting}' has no effect with mode {(mode == QRadarMode.HttpReceiver ? "http_receiver" : mode.ToString().ToLowerInvariant())}; it belongs to mode {home}. Leave it out, or change the mode.");
    }
}
