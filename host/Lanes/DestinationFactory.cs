using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Formatting;
using AuditHost.Formatting.Library;
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

    public async ValueTask<Destination> CreateAsync(DestinationOptions options, Guid logId)
    {
        ILogger logger = loggers.CreateLogger(options.Name);
        ConnectorFactory factory = Connector(options);
        var context = new DestinationContext(options, site.BaseDirectory, time, logger);
        IConnector? connector = null;
        try
        {
            connector = factory.Create(options.Settings, context);
            BatchRenderer renderer = CreateRenderer(options, factory, context, logId);
            var statistics = new LaneStatistics();
            var histograms = new DeliveryHistograms(options.Name, site.Monitoring is { Enabled: true, PerformanceMetrics: true });
            var watch = new DeliveryWatch(statistics, histograms, redact, time, logger);
            LaneLimits limits = LaneLimits.Of(options, factory.Info, _share);
            var guard = new PoisonGuard(
                () => AttemptFile.Open(Path.Combine(site.Host.DataDirectory, "attempts"), options.Name, storage ?? DiskStorage.Instance), _turns, time, logger);
            PluginDescription plugin = catalogue.DescriptionOf(factory);
            return new Destination
            {
                Options = options,
                Connector = connector,
                Endpoints = DestinationEndpoints.Of(factory, options, site.BaseDirectory, redact),
                Plugin = $"{plugin.Name} {plugin.Version}",
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
    public BatchRenderer CreateRenderer(DestinationOptions options, ConnectorFactory factory, PluginContext context, Guid logId)
    {
        IEventFormatter formatter;
        Framing framing;
        LiveTemplate? template = options.Template is { } named ? LiveTemplate.Open(named) : null;
        if (template?.Current is { Event: { } rendersEvents, ContentType: var contentType })
        {
            formatter = rendersEvents;
            framing = OutputCheck.IsJson(contentType) ? Framing.JsonArray : Framing.Newline;
        }
        else
        {
            FormatterFactory format = Formatter(options, factory);
            formatter = format.Create(options.FormatSettings, context);
            framing = format.Info.Framing;
        }

        return new BatchRenderer(options.Name, logId, factory.Content(options.Settings), factory.Info.Framing ?? framing, formatter, template?.Current.Body, template);
    }

    public ConnectorFactory Connector(DestinationOptions options) => catalogue.TryGetConnector(options.Type, out ConnectorFactory? factory)
        ? factory
        : throw new InvalidOperationException($"{options.Location}: no plugin provides connector type '{options.Type}'.");

    private FormatterFactory Formatter(DestinationOptions options, ConnectorFactory factory)
    {
        string format = options.Format ?? factory.Info.DefaultFormat;
        return catalogue.TryGetFormatter(format, out FormatterFactory? formatter)
            ? formatter
            : throw new InvalidOperationException($"{options.Location}: no plugin provides format '{format}'.");
    }
}
