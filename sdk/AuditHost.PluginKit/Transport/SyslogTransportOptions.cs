namespace AuditHost.PluginKit.Transport;

/// <summary>Where messages go and how.</summary>
/// <param name="Endpoint"><c>udp://</c>, <c>tcp://</c> or <c>tls://host:port</c>.</param>
public sealed record SyslogTransportOptions(Uri Endpoint)
{
    /// <summary>How messages are told apart on a connection; without meaning for UDP.</summary>
    public SyslogFraming Framing { get; init; }

    /// <summary>Whether <see cref="Composer"/> writes what ends a message as well, so that nothing is put around it and <see cref="Framing"/> has no meaning.</summary>
    public bool ComposerFrames { get; init; }

    /// <summary>The most bytes of a message, header included and framing not; a longer one is refused, never cut.</summary>
    public int MaxMessageBytes { get; init; } = 8192;

    /// <summary>How many messages, at least, are sent again after a connection broke; 0 sends none again.</summary>
    public int ReplayTail { get; init; } = 2000;

    /// <summary>Writes the message around a payload; <see langword="null"/> sends the payload itself.</summary>
    public IMessageComposer? Composer { get; init; }
}
