using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Formatting;
using AuditHost.Journal.Storage;
using AuditHost.Lanes.Filters;
using AuditHost.Lanes.Poison;
using AuditHost.Plugins;
using AuditHost.Sdk;
using AuditHost.Security;
using AuditHost.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuditHost.Lanes;

/// <summary>Puts a destination together from the site's options and the plugins at hand. The site file was checked before.</summary>
internal sealed class DestinationFactory(
    SiteOptions site, IPluginCatalogue catalogue, Func<string, string> redact, TimeProvider time, ILoggerFactory loggers, Random? random = null,
    IJournalStorage? storage = null)
{
    private readonly DeliveryPlaces _places = new(site.MaxConcurrentDeliveries);
    private readonly PoisonTurns _turns = new(time);
    private readonly int _share = Math.Max(1, site.MaxConcurrentDeliveries / Math.Max(1, site.Destinations.Count(destination => destination.Enabled)));

    public ValueTask<Destination> CreateAsync(DestinationOptions options, Guid logId) => CreateAsync(options, logId, catalogue, former: null);

    /// <summary>The same destination with what a catalogue provides now. It goes on with the former one's figures, health and guard.</summary>
    public ValueTask<Destination> CreateAgainAsync(Destination former, Guid logId, IPluginCatalogue plugins) =>
        CreateAsync(former.Options, logId, plugins, former);

    private async ValueTask<Destination> CreateAsync(DestinationOptions options, Guid logId, IPluginCatalogue plugins, Destination? former)
    {
        ILogger logger = loggers.CreateLogger(options.Name);
        ConnectorFactory factory = Connector(options, plugins);
        var context = new DestinationContext(options, site.BaseDirectory, time, logger);
        IConnector? connector = null;
        try
        {
            connector = factory.Create(options.Settings, context);
            BatchRenderer renderer = CreateRenderer(options, factory, context, logId, plugins);
            LaneStatistics statistics = former?.Statistics ?? new LaneStatistics();
            DeliveryWatch watch = former?.Watch ?? CreateWatch(options, statistics, logger);
            LaneLimits limits = LaneLimits.Of(options, factory.Info, _share);
            PoisonGuard guard = former?.Guard ?? CreateGuard(options, logger);
            PluginDescription plugin = plugins.DescriptionOf(factory);
            return new Destination
            {
                Options = options,
                Connector = connector,
                Endpoints = DestinationEndpoints.Of(factory, options, site.BaseDirectory, redact),
                Plugin = $"{plugin.Name} {plugin.Version}",
                PluginFolders = FoldersOf(options, factory, plugins),
                Revision = site.Revision,
                Filters = new FilterSet(options.Filters),
                Renderer = renderer,
                Limits = limits,
                Statistics = statistics,
                Watch = watch,
                Chain = new DeliveryChain(options, connector, factory.Info, limits.MaxInFlight, renderer, _places, watch, guard, time, logger, random),
                Guard = guard,
                Context = context,
                Time = time,
                Redact = redact,
            };
        }
        catch
        {
            if (connector is not null)
                await connector.DisposeAsync();
            context.Dispose();
            throw;
        }
    }

    /// <summary>Only what turns events into bytes, for commands that send nothing.</summary>
    public BatchRenderer CreateRenderer(DestinationOptions options, ConnectorFactory factory, PluginContext context, Guid logId, IPluginCatalogue? plugins = null)
    {
        IBodyFormatter? body = null;
        IEventFormatter formatter;
        Framing framing;
        if (options.Template is { Kind: TemplateKind.Event } template)
        {
            // The line break that editors leave at the end of a file is no part of an event.
            string source = File.ReadAllText(template.Path).TrimEnd('\r', '\n');
            formatter = TemplateCompiler.CompileEvent(source, template.Path, template.ContentType);
            framing = template.ContentType.EndsWith("json", StringComparison.Ordinal) ? Framing.JsonArray : Framing.Newline;
        }
        else
        {
            if (options.Template is { } whole)
                body = TemplateCompiler.CompileBody(File.ReadAllText(whole.Path), whole.Path, whole.ContentType);
            FormatterFactory format = Formatter(options, factory, plugins ?? catalogue);
            formatter = format.Create(options.FormatSettings, context);
            framing = format.Info.Framing;
        }

        return new BatchRenderer(options.Name, logId, factory.Content(options.Settings), factory.Info.Framing ?? framing, formatter, body);
    }

    public ConnectorFactory Connector(DestinationOptions options) => Connector(options, catalogue);

    private static ConnectorFactory Connector(DestinationOptions options, IPluginCatalogue plugins) => plugins.TryGetConnector(options.Type, out ConnectorFactory? factory)
        ? factory
        : throw new InvalidOperationException($"{options.Location}: no plugin provides connector type '{options.Type}'.");

    private static FormatterFactory Formatter(DestinationOptions options, ConnectorFactory factory, IPluginCatalogue plugins)
    {
        string format = options.Format ?? factory.Info.DefaultFormat;
        return plugins.TryGetFormatter(format, out FormatterFactory? formatter)
            ? formatter
            : throw new InvalidOperationException($"{options.Location}: no plugin provides format '{format}'.");
    }

    private static IReadOnlyList<string> FoldersOf(DestinationOptions options, ConnectorFactory factory, IPluginCatalogue plugins)
    {
        string connector = plugins.DescriptionOf(factory).Directory;
        return options.Template is { Kind: TemplateKind.Event }
            ? [connector]
            : [connector, plugins.DescriptionOf(Formatter(options, factory, plugins)).Directory];
    }

    private DeliveryWatch CreateWatch(DestinationOptions options, LaneStatistics statistics, ILogger logger)
    {
        var histograms = new DeliveryHistograms(options.Name, site.Monitoring is { Enabled: true, PerformanceMetrics: true });
        return new DeliveryWatch(statistics, histograms, redact, time, logger);
    }

    private PoisonGuard CreateGuard(DestinationOptions options, ILogger logger) => new(
        () => AttemptFile.Open(Path.Combine(site.Host.DataDirectory, "attempts"), options.Name, storage ?? DiskStorage.Instance), _turns, time, logger);
}
