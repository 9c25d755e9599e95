using AuditHost.Sdk;

namespace AuditHost.Connectors.Gelf;

/// <summary>Checked settings. One that has no effect with the endpoint's protocol is refused: whoever wrote it expects it to work.</summary>
internal sealed record GelfOptions(Uri Endpoint, GelfCompression Compression, int ChunkBytes, int MaxMessageBytes, bool Bulk, int ReplayTail)
{
    private const int UsualChunkBytes = 1420;
    private const int LowestChunkBytes = 512;
    private const int HighestChunkBytes = 8192;

    /// <summary>What a TCP input of Graylog takes unless told otherwise.</summary>
    private const int UsualMessageBytes = 2 << 20;

    private const int UsualReplayTail = 2000;

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static GelfOptions Of(GelfSettings settings)
    {
        Uri endpoint = GelfEndpoint.Parse(settings.Endpoint);
        bool isHttp = GelfEndpoint.IsHttp(endpoint);
        bool isUdp = endpoint.Scheme == "udp";
        Refuse("chunk_bytes", settings.ChunkBytes is not null && !isUdp, "udp", endpoint);
        Refuse("max_message_bytes", settings.MaxMessageBytes is not null && isHttp, "udp, tcp and tls", endpoint);
        Refuse("bulk", settings.Bulk && !isHttp, "http and https", endpoint);
        Refuse("balancing", settings.Balancing != default && !isHttp, "http and https", endpoint);
        Refuse("replay_tail", settings.ReplayTail is not null && (isHttp || isUdp), "tcp and tls", endpoint);
        if (settings.Compression is GelfCompression.Gzip or GelfCompression.Zlib && !isHttp && !isUdp)
            throw new SettingsException("compression", $"'compression' is not possible over {endpoint.Scheme}: a message ends with a NUL byte, which compressed data has inside. Leave it out.");
        if (settings.Compression == GelfCompression.Zlib && isHttp)
            throw new SettingsException("compression", $"'compression' zlib belongs to udp; {endpoint.Scheme} has gzip and none.");
        CheckRange("chunk_bytes", settings.ChunkBytes, LowestChunkBytes, HighestChunkBytes);
        CheckRange("max_message_bytes", settings.MaxMessageBytes, 1, int.MaxValue);
        CheckRange("replay_tail", settings.ReplayTail, 0, int.MaxValue);
        return new GelfOptions(
            endpoint,
            settings.Compression ?? (isUdp ? GelfCompression.Gzip : GelfCompression.None),
            settings.ChunkBytes ?? UsualChunkBytes,
            settings.MaxMessageBytes ?? UsualMessageBytes,
            settings.Bulk,
            settings.ReplayTail ?? UsualReplayTail);
    }

    private static void Refuse(string setting, bool isSet, string home, Uri endpoint)
    {
        if (isSet)
            throw new SettingsException(setting, $"'{setting}' has no effect over {endpoint.Scheme}; it belongs to {home}. Leave it out, or change the endpoint.");
    }

    private static void CheckRange(string setting, int? value, int lowest, int highest)
    {
        if (value < lowest || value > highest)
            throw new SettingsException(setting, highest == int.MaxValue
                ? $"'{setting}' is {value}; it must be {lowest} or more."
                : $"'{setting}' is {value}; it must be {lowest} to {highest}.");
    }
}
