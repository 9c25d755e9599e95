using System.Net;
using AuditHost.Intake.Mapping;

namespace AuditHost.Configuration.Options;

/// <summary>One entry of <c>host.sources</c>.</summary>
internal abstract record SourceOptions
{
    /// <summary>How fast it takes events; <see langword="null"/> for as fast as they become durable.</summary>
    public RateLimitOptions? RateLimit { get; init; }
}

/// <summary><c>type: http</c>: <c>POST /v1/events</c> on the host's listener.</summary>
internal sealed record HttpSourceOptions : SourceOptions;

/// <summary>A source of events that others have shaped.</summary>
internal abstract record MappedSourceOptions : SourceOptions
{
    /// <summary>The members of the envelope that the site has found elsewhere.</summary>
    public IReadOnlyList<MappedMember> Mapping { get; init; } = [];
}

/// <summary><c>type: splunk_hec</c>: the paths of Splunk's HTTP Event Collector on the host's listener.</summary>
internal sealed record SplunkSourceOptions : MappedSourceOptions;

/// <summary><c>type: otlp</c>: log records by OTLP over HTTP on the host's listener.</summary>
internal sealed record OtlpSourceOptions : MappedSourceOptions;

/// <summary><c>type: file</c>: follows every file that matches a pattern.</summary>
internal sealed record FileSourceOptions : SourceOptions
{
    /// <summary>An absolute path whose file name, and folders, may have <c>*</c> and <c>?</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Where to begin in a file without a kept position: at its start, or at its end for files already there.</summary>
    public bool FromStart { get; init; } = true;

    public int MaxEventBytes { get; init; } = 1 << 20;
}

/// <summary>A source that senders connect to.</summary>
internal abstract record StreamSourceOptions : SourceOptions
{
    public required IPEndPoint Listen { get; init; }

    public required int MaxEventBytes { get; init; }

    public int MaxConnections { get; init; } = 1000;

    /// <summary>Of one address, or of one /64 network of IPv6.</summary>
    public int MaxConnectionsPerPeer { get; init; } = 64;
}

/// <summary><c>type: tcp</c>: JSON over connections that senders open.</summary>
internal sealed record TcpSourceOptions : StreamSourceOptions
{
    public static TcpSourceOptions Default { get; } = new() { Listen = new IPEndPoint(IPAddress.Loopback, 5170), MaxEventBytes = 1 << 20 };
}

/// <summary><c>type: syslog</c>: messages of RFC 5424 and RFC 3164.</summary>
internal sealed record SyslogSourceOptions : StreamSourceOptions
{
    public static SyslogSourceOptions Default { get; } = new() { Listen = new IPEndPoint(IPAddress.Loopback, 5514), MaxEventBytes = 64 << 10 };

    public SyslogTransport Protocol { get; init; }
}

/// <summary><c>type: stdin</c>: standard input until its end.</summary>
internal sealed record StandardInputSourceOptions : SourceOptions
{
    public int MaxEventBytes { get; init; } = 1 << 20;
}
