using System.Diagnostics.Tracing;

namespace AuditHost.Sdk;

/// <summary>
/// What the host offers to one destination. Only the host implements it. Everything that leaves through <see cref="Http"/> and
/// <see cref="ConnectAsync"/> follows the site's rules for TLS, authentication, proxies, pools and forbidden addresses.
/// </summary>
public abstract class PluginContext
{
    /// <summary>The destination's name in the site file.</summary>
    public abstract string Destination { get; }

    /// <summary>
    /// The client for this destination, with TLS, <c>authentication</c>, proxy and pool applied. Redirects are off. Its timeout
    /// is infinite: the token of each call carries the deadline. The host disposes of it.
    /// </summary>
    public abstract HttpClient Http { get; }

    /// <summary>The clock. Connectors ask it instead of the machine, so that tests can move it.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>The TLS settings for a client library that opens its own connections.</summary>
    public abstract TlsPolicy Tls { get; }

    /// <summary>Connects to <c>tcp://host:port</c>, <c>tls://host:port</c>, <c>udp://host:port</c> or <c>unix:/path</c>.</summary>
    /// <returns>A stream that the caller disposes of. For UDP each write is one datagram.</returns>
    /// <exception cref="IOException">The connection was refused, timed out, or the site's rules forbid the address.</exception>
    public abstract ValueTask<Stream> ConnectAsync(Uri endpoint, CancellationToken cancellationToken);

    /// <summary>Compiles a template for one event: a tag, a routing key, a message body.</summary>
    /// <param name="source">The template's text.</param>
    /// <param name="contentType">The media type of what it renders; <c>application/json</c> makes the host check each rendering.</param>
    /// <exception cref="SettingsException">The template does not compile; the message has line and column.</exception>
    public abstract IEventFormatter CompileTemplate(string source, string contentType = "text/plain");

    /// <summary>Resolves a path of the settings: relative ones count from the site file's folder.</summary>
    public abstract string ResolvePath(string path);

    /// <summary>Writes to the host's log under this destination's name. Secrets never belong here.</summary>
    public abstract void Log(EventLevel level, string message, Exception? exception = null);
}
