using AuditHost.Configuration.Options;
using AuditHost.Intake.Files;
using AuditHost.Intake.Streams;
using AuditHost.Intake.Syslog;
using Microsoft.Extensions.Logging;

namespace AuditHost.Intake;

/// <summary>Creates the sources of a site that read by themselves; the HTTP intake belongs to the web server.</summary>
internal static class SourceFactory
{
    /// <param name="site">The site; its data directory keeps positions and rejected input.</param>
    /// <param name="rejected">Takes what is no event.</param>
    /// <param name="loggers">For what a source must tell.</param>
    /// <param name="once">Whether to end at the end of what is there; listeners, which have none, are left out.</param>
    /// <exception cref="IOException">An address is in use or not this machine's.</exception>
    public static IReadOnlyList<IEventSource> Create(Site site, IRejectedInput rejected, ILoggerFactory loggers, bool once)
    {
        string positions = Path.Combine(site.Options.Host.DataDirectory, "positions");
        List<IEventSource> sources = [];
        foreach (SourceOptions options in site.Options.Host.Sources)
        {
            if (options is FileSourceOptions file)
                sources.Add(new FileSource(file, positions, site.Intake, rejected, TimeProvider.System, loggers.CreateLogger("audithost.file"), once));
            else if (options is TcpSourceOptions tcp && !once)
                sources.Add(StreamSource.OfJson(tcp, site.Intake, rejected, TimeProvider.System, loggers.CreateLogger("audithost.tcp")));
            else if (options is SyslogSourceOptions { Protocol: SyslogTransport.Udp } datagrams && !once)
                sources.Add(new SyslogDatagramSource(datagrams, site.Intake, rejected, TimeProvider.System));
            else if (options is SyslogSourceOptions syslog && !once)
                sources.Add(StreamSource.OfSyslog(syslog, site.Intake, rejected, TimeProvider.System, loggers.CreateLogger("audithost.syslog")));
            else if (options is StandardInputSourceOptions stdin)
                sources.Add(new StandardInputSource(stdin, Console.OpenStandardInput(), site.Intake, rejected, TimeProvider.System));
        }

        return sources;
    }
}
