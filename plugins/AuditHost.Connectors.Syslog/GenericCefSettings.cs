using System.ComponentModel;
using AuditHost.PluginKit.Files;
using AuditHost.PluginKit.Syslog;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Syslog;

/// <summary>The settings of a <c>generic_cef</c> destination.</summary>
public sealed class GenericCefSettings : RotationSettings
{
    [Description("Where CEF goes: syslog (with a syslog header), file, tcp or udp (CEF alone).")]
    [DefaultValue("syslog")]
    public CefOutput OutputType { get; set; }

    [Description("The receiver as host:port, for every output but file. Without a port 514, with tls 6514.")]
    public string? SyslogServer { get; set; }

    [Description("What carries the messages: udp, tcp or tls. Output syslog: udp unless said otherwise; output tcp: tcp or tls.")]
    public SyslogProtocol? Protocol { get; set; }

    [Description("How messages are told apart on a connection (RFC 6587): newline or octet_counting. tcp: newline unless said otherwise; tls always counts octets.")]
    public SyslogFraming? Framing { get; set; }

    [Description("The header before CEF, output syslog only: rfc3164 (as the CEF document shows it) or rfc5424.")]
    [DefaultValue("rfc3164")]
    public CefHeader Standard { get; set; }

    [Description("The syslog facility, output syslog only, by name (kern to local7) or number (0 to 23).")]
    [DefaultValue("local0")]
    public SyslogFacility Facility { get; set; } = SyslogFacility.Local0;

    [Description("The application's name in the header of rfc5424, at most 48 printable ASCII characters.")]
    [DefaultValue("audithost")]
    public string AppName { get; set; } = "audithost";

    [Description("The host in the header: 'event' for each event's own (this machine's where it names none), or a fixed name.")]
    [DefaultValue(SyslogOptions.HostOfEvent)]
    public string Hostname { get; set; } = SyslogOptions.HostOfEvent;

    [Description("The most bytes of a message; a longer one becomes a dead letter and is never cut. 8192, with udp 65507.")]
    public int? MaxMessageBytes { get; set; }

    [Description("How many messages are sent again after a connection broke, since syslog acknowledges none; 0 sends none again.")]
    [DefaultValue(TransportSettings.DefaultReplayTail)]
    public int ReplayTail { get; set; } = TransportSettings.DefaultReplayTail;

    [Description("The file to append to, output file only. A relative path counts from the site file's folder.")]
    public string? Path { get; set; }

    internal Uri Endpoint => PluginKit.Transport.SyslogServer.Parse("syslog_server", SyslogServer, CheckedProtocol);

    private SyslogProtocol CheckedProtocol => (OutputType, Protocol) switch
    {
        (CefOutput.Syslog, _) => Protocol ?? SyslogProtocol.Udp,
        (CefOutput.Tcp, null or SyslogProtocol.Tcp) => SyslogProtocol.Tcp,
        (CefOutput.Tcp, SyslogProtocol.Tls) => SyslogProtocol.Tls,
        (CefOutput.Udp, null or SyslogProtocol.Udp) => SyslogProtocol.Udp,
        _ => throw new SettingsException("protocol", "'protocol' contradicts 'output_type'; leave it out."),
    };

    internal RotatingFileOptions ToFileOptions(PluginContext context) =>
        ToOptions(Path ?? throw new SettingsException("path", "'path' is missing; output_type file needs it."), context);

    internal SyslogTransportOptions ToTransportOptions() =>
        TransportSettings.Check(Endpoint, Framing, MaxMessageBytes, ReplayTail) with
        {
            Composer = OutputType == CefOutput.Syslog ? new CefMessageComposer(Standard, new SyslogOptions(Facility, AppName, Hostname)) : null,
        };
}
