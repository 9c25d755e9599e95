using System.Diagnostics.Tracing;
using AuditHost.Configuration.Options;
using AuditHost.Formatting;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Security;

/// <summary>The host's side of <see cref="PluginContext"/>: everything here follows the destination's options.</summary>
internal sealed class DestinationContext : PluginContext, IDisposable
{
    private readonly string _baseDirectory;
    private readonly ILogger _logger;
    private readonly EndpointConnector _endpoints;
    private readonly Lazy<HttpClient> _http;

    public DestinationContext(DestinationOptions options, string baseDirectory, TimeProvider time, ILogger logger, Action<string>? tokenIssued = null)
    {
        _baseDirectory = baseDirectory;
        _logger = logger;
        Destination = options.Name;
        Time = time;

        var tls = new ClientTls(options.Tls);
        var rules = new AddressRules(ConfiguredAddresses.Find(options.Settings.Span, options.Proxy, (options.Authentication as AuthenticationOptions.OAuth)?.TokenEndpoint));
        var sockets = new SocketConnector(rules, options.ConnectionPool.ConnectTimeout, time);
        Tls = tls.ToPolicy();
        _endpoints = new EndpointConnector(sockets, tls, options.ConnectionPool.ConnectTimeout, time);
        _http = new Lazy<HttpClient>(() => DestinationHttpClient.Create(options, tls, rules, sockets, time, tokenIssued));
    }

    public override string Destination { get; }

    /// <inheritdoc/>
    /// <exception cref="SettingsException">The credentials or the proxy cannot work.</exception>
    public override HttpClient Http => _http.Value;

    public override TimeProvider Time { get; }

    public override TlsPolicy Tls { get; }

    public override ValueTask<Stream> ConnectAsync(Uri endpoint, CancellationToken cancellationToken) =>
        _endpoints.ConnectAsync(endpoint, cancellationToken);

    public override IEventFormatter CompileTemplate(string source, string contentType = "text/plain")
    {
        try
        {
            return TemplateCompiler.CompileEvent(source, Destination, contentType);
        }
        catch (TemplateException exception)
        {
            throw new SettingsException(string.Empty, exception.Message, exception);
        }
    }

    public override string ResolvePath(string path) => Path.GetFullPath(path, _baseDirectory);

    public override void Log(EventLevel level, string message, Exception? exception = null)
    {
        // One line each: a plugin may quote its peer, and a line break from there must not start an entry of its own.
        _logger.Log(LevelOf(level), exception, "{Destination}: {Message}", Destination, message.ReplaceLineEndings(" "));
    }

    public void Dispose()
    {
        if (_http.IsValueCreated)
            _http.Value.Dispose();
    }

    private static LogLevel LevelOf(EventLevel level) => level switch
    {
        EventLevel.Critical => LogLevel.Critical,
        EventLevel.Error => LogLevel.Error,
        EventLevel.Warning => LogLevel.Warning,
        EventLevel.Verbose => LogLevel.Debug,
        _ => LogLevel.Information,
    };
}
