using AuditHost.Configuration.Options;
using AuditHost.Dashboard;
using AuditHost.Intake;
using AuditHost.Intake.Http;
using AuditHost.Intake.Http.Otlp;
using AuditHost.Intake.Http.Splunk;
using AuditHost.Lanes;
using AuditHost.Security;
using AuditHost.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuditHost;

/// <summary>
/// The host's web server: intake, health and metrics on the site's listener, and the same with the admin API on a socket in the data
/// directory that only its owner can open.
/// </summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly SiteMetrics _siteMetrics;
    private readonly MetricsEndpoint _metrics;
    private readonly string _socket;

    private WebServer(WebApplication application, SiteMetrics siteMetrics, MetricsEndpoint metrics, string socket, IReadOnlyList<IEventSource> sources)
    {
        _application = application;
        _siteMetrics = siteMetrics;
        _metrics = metrics;
        _socket = socket;
        Sources = sources;
    }

    /// <summary>The intake as a source, for status and metrics.</summary>
    public IReadOnlyList<IEventSource> Sources { get; }

    /// <summary>Where the listener is.</summary>
    public string Address => _application.Urls.FirstOrDefault(url => !url.Contains("unix:", StringComparison.Ordinal)) ?? "the socket alone";

    public static WebServer Create(Site site, PluginExchange plugins, ILoggerProvider log)
    {
        HttpListenerOptions options = site.Options.Host.Http;
        string socket = AdminClient.SocketOf(site.Options.Host.DataDirectory);

        // The lock on the data directory is ours, so a socket that is still there belongs to a host that died.
        File.Delete(socket);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "audithost" });
        builder.Logging.AddProvider(log);

        // What fails at the start reaches the operator as the command's own error; it needs no second telling.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.AddRoutingCore();
        builder.Services.AddSystemd();
        CertificateWithKey? certificate = ListenerCertificate.Load(options);
        var peers = new PeerConnections(options.MaxConnectionsPerPeer, "host.http.max_connections_per_peer", TimeProvider.System, log.CreateLogger("audithost"));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            ListenerLimits.Apply(kestrel, options);
            kestrel.Listen(options.Listen, listen =>
            {
                // Before the handshake of TLS, which is what a flood would have us compute.
                listen.Use(next => PeerLimit.Guard(peers, next));

                // HTTP/2 is agreed on in the handshake of TLS; without one it would be offered in vain.
                listen.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
                if (certificate is not null)
                    listen.UseHttps(certificate.Certificate);
            });
            kestrel.ListenUnixSocket(socket, static listen => listen.Protocols = HttpProtocols.Http1);
        });

        WebApplication application = builder.Build();
        var siteMetrics = new SiteMetrics(site);
        var callers = new CallerCheck(new BearerTokenAuthenticator(options.Tokens));
        var metrics = new MetricsEndpoint(callers);
        IReadOnlyList<IEventSource> sources = MapSources(application, site);
        HealthEndpoints.Map(application, site, callers, TimeProvider.System);
        application.MapGet("/metrics", metrics.ServeAsync);
        AdminApi.Map(application, new SiteControl(site, TimeProvider.System, plugins));
        return new WebServer(application, siteMetrics, metrics, socket, sources);
    }

    private static List<IEventSource> MapSources(WebApplication application, Site site)
    {
        var context = new HttpSourceContext(site.Intake, site.Options.Host.Http, TimeProvider.System);
        List<IEventSource> sources = [];
        foreach (SourceOptions options in site.Options.Host.Sources)
        {
            if (options is HttpSourceOptions http)
                sources.Add(EventIntake.Map(application, context, new DeliveryFollower(site.Lanes, site.Journal, TimeProvider.System), http.RateLimit));
            else if (options is SplunkSourceOptions splunk)
                sources.Add(SplunkIntake.Map(application, context, splunk, () => site.Journal is { IsFull: false, Failure: null }));
            else if (options is OtlpSourceOptions otlp)
                sources.Add(OtlpIntake.Map(application, context, otlp));
        }

        return sources;
    }

    /// <exception cref="IOException">The address is in use or not this machine's.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _application.StartAsync(cancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _siteMetrics.Dispose();
        _metrics.Dispose();
    }
}
