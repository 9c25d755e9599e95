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
            if (once && options is StreamSourceOptions)
                continue;
            if (options is FileSourceOptions file)
                sources.Add(new FileSource(file, positions, site.Intake, rejected, TimeProvider.System, loggers.CreateLogger("audithost.file"), once));
            else if (options is TcpSourceOptions tcp)
                sources.Add(CreateTcp(tcp, site.Intake, rejected, TimeProvider.System, loggers.CreateLogger("audithost.tcp")));
            else if (options is SyslogSourceOptions { Protocol: SyslogTransport.Udp } datagrams)
                sources.Add(new SyslogDatagramSource(datagrams, site.Intake, rejected, TimeProvider.System));
            else if (options is SyslogSourceOptions syslog)
                sources.Add(CreateSyslog(syslog, site.Intake, rejected, TimeProvider.System, loggers.CreateLogger("audithost.syslog")));
            else if (options is StandardInputSourceOptions stdin)
                sources.Add(new StandardInputSource(stdin, Console.OpenStandardInput(), site.Intake, rejected, TimeProvider.System));
        }

        return sources;
    }

    /// <summary>JSON over TCP.</summary>
    /// <exception cref="IOException">The address is in use or not this machine's.</exception>
    public static StreamSource CreateTcp(TcpSourceOptions options, IEventSink sink, IRejectedInput rejected, TimeProvider time, ILogger logger)
    {
        var context = new EventPumpContext($"tcp-{options.Listen.Port}", sink, rejected, new SourceCounters(), time, options.MaxEventBytes, options.RateLimit, StreamConnection.MostRejected);
        return new StreamSource(options, context, sender => new EventPump(context, sender.ToString(), idSeed: default, position: 0), logger);
    }

    /// <summary>Syslog over TCP.</summary>
    /// <exception cref="IOException">The address is in use or not this machine's.</exception>
    public static StreamSource CreateSyslog(SyslogSourceOptions options, IEventSink sink, IRejectedInput rejected, TimeProvider time, ILogger logger)
    {
        var context = new EventPumpContext($"syslog-{options.Listen.Port}", sink, rejected, new SourceCounters(), time, options.MaxEventBytes, options.RateLimit, StreamConnection.MostRejected);
        return new StreamSource(options, context, sender => new SyslogPump(context, sender), logger);
    }
}
