using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Logstash;

/// <summary>Checked settings. One that has no effect with the mode is refused: whoever wrote it expects it to work.</summary>
internal sealed record LogstashOptions(LogstashMode Mode, LogstashCompression Compression, EndpointBalancing Balancing, int MaxMessageBytes, int ReplayTail)
{
    /// <summary>Where the beats input listens unless told otherwise.</summary>
    public const int BeatsPort = 5044;

    private const int UsualMessageBytes = 16 << 20;
    private const int UsualReplayTail = 2000;

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static LogstashOptions Of(LogstashSettings settings)
    {
        LogstashMode mode = ModeOf(settings);
        Refuse("balancing", settings.Balancing is not null && mode != LogstashMode.Http, "http", mode);
        Refuse("max_message_bytes", settings.MaxMessageBytes is not null && mode != LogstashMode.Tcp, "tcp", mode);
        Refuse("replay_tail", settings.ReplayTail is not null && mode != LogstashMode.Tcp, "tcp", mode);
        CheckLowest("max_message_bytes", settings.MaxMessageBytes, 1);
        CheckLowest("replay_tail", settings.ReplayTail, 0);
        if (mode == LogstashMode.Tcp && settings.Endpoint.Addresses.Count > 1)
            throw new SettingsException("endpoint", "The tcp input takes one endpoint: what it got nobody knows, so nothing could be left to another. Use lumberjack or http for several");
        return new LogstashOptions(
            mode, CompressionOf(settings.Compression, mode), settings.Balancing ?? EndpointBalancing.Failover,
            settings.MaxMessageBytes ?? UsualMessageBytes, settings.ReplayTail ?? UsualReplayTail);
    }

    private static LogstashMode ModeOf(LogstashSettings settings)
    {
        if (settings.Endpoint.Addresses.Count == 0)
            throw new SettingsException("endpoint", "Empty. Expected an address such as https://host:8080 or tls://host:5044, or a list of them");
        bool isHttp = settings.Endpoint.Addresses[0].StartsWith("http", StringComparison.OrdinalIgnoreCase)
            && settings.Endpoint.Addresses[0].Contains("://", StringComparison.Ordinal);
        if (settings.Mode is not { } mode)
        {
            return isHttp
                ? LogstashMode.Http
                : throw new SettingsException("mode", "Missing. The tcp input and the beats input have endpoints of the same kind: say mode: lumberjack for beats, or mode: tcp");
        }

        if (mode == LogstashMode.Http != isHttp)
        {
            throw new SettingsException("mode", isHttp
                ? "The endpoint is one of the http input. Say mode: http, or begin the endpoint with tls://"
                : "The endpoint is none of the http input. Begin it with https://, or say mode: lumberjack or mode: tcp");
        }

        return mode;
    }

    private static LogstashCompression CompressionOf(LogstashCompression? set, LogstashMode mode)
    {
        LogstashCompression own = mode switch
        {
            LogstashMode.Http => LogstashCompression.Gzip,
            LogstashMode.Lumberjack => LogstashCompression.Zlib,
            _ => LogstashCompression.None,
        };
        if (set is not null && set != own && set != LogstashCompression.None)
            throw new SettingsException("compression", own == LogstashCompression.None
                ? "The tcp input cannot decompress. Leave it out"
                : $"Not possible with this mode. Use {(own == LogstashCompression.Gzip ? "gzip" : "zlib")} or none");
        return set ?? own;
    }

    private static void Refuse(string setting, bool isSet, string home, LogstashMode mode)
    {
        if (isSet)
            throw new SettingsException(setting, $"Has no effect with the mode {NameOf(mode)}; it belongs to {home}. Leave it out");
    }

    private static void CheckLowest(string setting, int? value, int lowest)
    {
        if (value < lowest)
            throw new SettingsException(setting, $"Expected {lowest} or more");
    }

    private static string NameOf(LogstashMode mode) => mode switch
    {
        LogstashMode.Http => "http",
        LogstashMode.Tcp => "tcp",
        _ => "lumberjack",
    };
}
