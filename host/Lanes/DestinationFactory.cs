using AuditHost.Configuration.Options;
using AuditHost.Configuration.Secrets;
using AuditHost.Delivery;
using AuditHost.Isolation;
using AuditHost.Journal.Storage;
using AuditHost.Lanes.Alerts;
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
    SiteOptions site, IPluginCatalogue catalogue, Redactor redactor, TimeProvider time, ILoggerFactory loggers, Random? random = null,
    IJournalStorage? storage = null)
{
    private readonly DeliveryPlaces _places = new(site.MaxConcurrentDeliveries);
    private readonly PoisonTurns _turns = new(time);
    private readonly int _destinations = site.Destinations.Count(destination => destination.Enabled);

    public ValueTask<Destination> CreateAsync(DestinationOptions options, Guid logId) => CreateAsync(options, logId, catalogue, former: null);

    /// <summary>The same destination with what a catalogue provides now. It goes on with the former one's figures, health and guard.</summary>
    public ValueTask<Destination> CreateAgainAsync(Destination former, Guid logId, IPluginCatalogue plugins) =>
        CreateAsync(former.Options, logId, plugins, former);

    private async ValueTask<Destination> CreateAsync(DestinationOptions options, Guid logId, IPluginCatalogue plugins, Destination? former)
    {
        ILogger logger = loggers.CreateLogger(options.Name);
        ConnectorFactory factory = Connector(options, plugins);
        var context = new DestinationContext(options, site.BaseDirectory, time, logger, redactor.Learn);
        IConnector? connector = null;
        try
        {
            LaneStatistics statistics = former?.Statistics ?? new LaneStatistics();
            DeliveryWatch watch = former?.Watch ?? CreateWatch(options, statistics, logger);
            LaneLimits limits = LaneLimits.Of(options, factory.Info, _destinations, site.MaxConcurrentDeliveries);
            PoisonGuard guard = former?.Guard ?? CreateGuard(options, logger);
            BatchRenderer renderer;
            if (options.Isolation is { } isolation)
            {
                connector = new ProcessConnector(ProcessSetup.Of(options, factory, site.BaseDirectory, logId, plugins), isolation, statistics, time, logger);
                renderer = RendererFactory.CreateForProcess(options, logId);
            }
            else
            {
                connector = factory.Create(options.Settings, context);
                renderer = RendererFactory.Create(options, factory, context, logId, plugins, former?.Renderer.Template);
            }

            PluginDescription plugin = plugins.DescriptionOf(factory);
            return new Destination
            {
                Options = options,
                Connector = connector,
                Endpoints = DestinationEndpoints.Of(factory, options, site.BaseDirectory, redactor.Redact),
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
                Alerts = options.Alert is null ? null : former?.Alerts ?? new AlertBook(AlertBook.PathIn(site.Host.DataDirectory, options.Name), logger),
                Context = context,
                Time = time,
                Redact = redactor.Redact,
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

    public ConnectorFactory Connector(DestinationOptions options) => Connector(options, catalogue);

    private static ConnectorFactory Connector(DestinationOptions options, IPluginCatalogue plugins) => plugins.TryGetConnector(options.Type, out ConnectorFactory? factory)
        ? factory
        : throw new InvalidOperationException($"{options.Location}: no plugin provides connector type '{options.Type}'.");

    private static IReadOnlyList<string> FoldersOf(DestinationOptions options, ConnectorFactory factory, IPluginCatalogue plugins) =>
        [.. RendererFactory.Factories(options, factory, plugins).Select(used => plugins.DescriptionOf(used).Directory)];

    private DeliveryWatch CreateWatch(DestinationOptions options, LaneStatistics statistics, ILogger logger)
    {
        var histograms = new DeliveryHistograms(options.Name, site.Monitoring is { Enabled: true, PerformanceMetrics: true });
        return new DeliveryWatch(statistics, histograms, redactor.Redact, time, logger);
    }

    private PoisonGuard CreateGuard(DestinationOptions options, ILogger logger) => new(
        () => AttemptFile.Open(Path.Combine(site.Host.DataDirectory, "attempts"), options.Name, storage ?? DiskStorage.Instance), _turns, time, logger);
}
