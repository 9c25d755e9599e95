using System.Net;
using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads <c>host.sources</c>.</summary>
internal static class SourceBinder
{
    public static IReadOnlyList<SourceOptions> Bind(Section host) =>
        [.. host.GetVariants(HostKeys.Sources).Select(item => Bind(item.Variant, item.Section)).OfType<SourceOptions>()];

    private static SourceOptions? Bind(Variant variant, Section source)
    {
        (bool limited, RateLimitOptions limit) = SharedBinder.RateLimit(source.GetSection(SourceKeys.RateLimiting), (false, new RateLimitOptions()));
        SourceOptions? options = BindOwn(variant, source);
        return options is null || !limited ? options : options with { RateLimit = limit };
    }

    private static SourceOptions? BindOwn(Variant variant, Section source)
    {
        if (variant == SourceKeys.Http)
            return new HttpSourceOptions();
        if (variant == SourceKeys.SplunkHec)
            return new SplunkSourceOptions { Mapping = MappingBinder.Bind(source) };
        if (variant == SourceKeys.Otlp)
            return new OtlpSourceOptions { Mapping = MappingBinder.Bind(source) };
        if (variant == SourceKeys.Tcp)
            return BindStream(source, TcpSourceOptions.Default);
        if (variant == SourceKeys.Syslog)
            return BindSyslog(source);
        var defaults = new StandardInputSourceOptions();
        int maxEventBytes = (int)source.Get(SourceKeys.MaxEventBytes, defaults.MaxEventBytes);
        if (variant == SourceKeys.StandardInput)
            return defaults with { MaxEventBytes = maxEventBytes };
        bool fromStart = source.Get(SourceKeys.FromStart, true);
        return source.GetPath(SourceKeys.Path) is { } path
            ? new FileSourceOptions { Path = path, FromStart = fromStart, MaxEventBytes = maxEventBytes }
            : null;
    }

    private static SyslogSourceOptions BindSyslog(Section source)
    {
        SyslogSourceOptions options = SyslogSourceOptions.Default with { Protocol = source.Get(SourceKeys.Protocol, SyslogSourceOptions.Default.Protocol) };
        if (options.Protocol == SyslogTransport.Udp)
        {
            foreach (ScalarKey<int> key in (ReadOnlySpan<ScalarKey<int>>)[SourceKeys.MaxConnections, SourceKeys.MaxConnectionsPerPeer])
                source.Warning(key, "does nothing here: UDP has no connections");
        }

        return (SyslogSourceOptions)BindStream(source, options);
    }

    /// <returns>Options of the same type.</returns>
    private static StreamSourceOptions BindStream(Section source, StreamSourceOptions defaults) => defaults with
    {
        Listen = BindListen(source, defaults.Listen),
        MaxEventBytes = (int)source.Get(SourceKeys.MaxEventBytes, defaults.MaxEventBytes),
        MaxConnections = source.Get(SourceKeys.MaxConnections, defaults.MaxConnections),
        MaxConnectionsPerPeer = source.Get(SourceKeys.MaxConnectionsPerPeer, defaults.MaxConnectionsPerPeer),
    };

    /// <summary>Where senders without TLS and without a token are listened to.</summary>
    private static IPEndPoint BindListen(Section source, IPEndPoint usual)
    {
        const string Exposed = "anybody who reaches this address may send events and read along, for there is neither TLS nor a token";
        IPEndPoint listen = source.Get(SourceKeys.Listen, usual);
        bool insecure = source.Get(SourceKeys.InsecureListen, false);
        if (IPAddress.IsLoopback(listen.Address))
            return listen;
        if (insecure)
            source.Warning(SourceKeys.Listen, Exposed);
        else
            source.Error(SourceKeys.Listen, $"{Exposed}; listen on 127.0.0.1, take host.http, or say insecure_listen: true");
        return listen;
    }
}
