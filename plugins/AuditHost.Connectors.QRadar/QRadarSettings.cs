using System.ComponentModel;
using System.Text.Json.Serialization;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Syslog;
using AuditHost.PluginKit.Transport;

namespace AuditHost.Connectors.QRadar;

/// <summary>The settings of a <c>qradar</c> destination.</summary>
public sealed class QRadarSettings
{
    [Description("How events get in: tls, tcp or udp (LEEF over syslog), or http_receiver. QRadar's REST API takes no events, so api_endpoint alone is no way in. Without a mode: tls.")]
    public QRadarMode? Mode { get; set; }

    [Description("tls, tcp and udp: the event collector as host:port, an IPv6 address in brackets. Without a port 6514 for tls, else 514; without it the host of api_endpoint.")]
    public string? Server { get; set; }

    [Description("http_receiver: the address of the log source, such as https://collector.example:12469/, or several as a list. Without it port 12469 of the host of api_endpoint. A token that the log source asks for stands under authentication.")]
    public EndpointList? ReceiverEndpoint { get; set; }

    [Description("http_receiver: which of several addresses gets the next batch.")]
    [DefaultValue("failover")]
    public EndpointBalancing Balancing { get; set; }

    [Description("The console, such as https://qradar.example. It only serves to check: its REST API has no intake of events. With api_token a probe asks GET /api/system/about.")]
    public string? ApiEndpoint { get; set; }

    [Description("The token of an authorized service, sent as the header SEC when a probe asks the console, never with events.")]
    [PasswordPropertyText(true)]
    public string? ApiToken { get; set; }

    [Description("The version of the REST API that a probe asks for, such as 26.0. A console takes its three newest and refuses versions as old as 11.0; a probe then asks again without one. Left out: the console's newest.")]
    [JsonConverter(typeof(ApiVersionConverter))]
    public string? ApiVersion { get; set; }

    [Description("The id of the log source that takes the events. A probe checks that it exists and is enabled; events do not carry it, since QRadar tells log sources by the host in the syslog header.")]
    public int? LogSourceId { get; set; }

    [Description("tls, tcp and udp: the syslog header, rfc3164 (as IBM's guide for LEEF shows it) or rfc5424.")]
    [DefaultValue("rfc3164")]
    public QRadarHeader Header { get; set; }

    [Description("tls, tcp and udp: the syslog facility, by name (kern to local7) or number (0 to 23).")]
    [DefaultValue("local0")]
    public SyslogFacility Facility { get; set; } = SyslogFacility.Local0;

    [Description("tls, tcp and udp: the application's name in the header of rfc5424, at most 48 printable ASCII characters.")]
    [DefaultValue("audithost")]
    public string AppName { get; set; } = "audithost";

    [Description("tls, tcp and udp: the host in the header, by which QRadar tells log sources: 'event' for each event's own (this machine's where it names none), or a fixed name for one log source. Never an IPv6 address, which QRadar cannot read there.")]
    [DefaultValue(SyslogOptions.HostOfEvent)]
    public string Hostname { get; set; } = SyslogOptions.HostOfEvent;

    [Description("tls and tcp: how messages are told apart on a connection, newline or octet_counting. QRadar reads lines; octet_counting is for relays on the way.")]
    [DefaultValue("newline")]
    public SyslogFraming Framing { get; set; } = SyslogFraming.Newline;

    [Description("tls, tcp and udp: the most bytes of a message with its header; a longer one becomes a dead letter. Without it what QRadar takes unless told otherwise: tls 8192, tcp 4096, udp 1024. Raise both together; max_payload_bytes of the format cuts events instead.")]
    public int? MaxMessageBytes { get; set; }

    [Description("tls and tcp: how many messages are sent again after a connection broke, since syslog acknowledges none; 0 sends none again.")]
    [DefaultValue(QRadarOptions.UsualReplayTail)]
    public int ReplayTail { get; set; } = QRadarOptions.UsualReplayTail;
}
