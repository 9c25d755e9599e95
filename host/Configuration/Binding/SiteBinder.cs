using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;
using AuditHost.Configuration.Yaml;
using AuditHost.Formatting.Library;
using AuditHost.Plugins;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads the whole tree: the host, what is shared, then each destination.</summary>
internal sealed class SiteBinder(IPluginCatalogue catalogue, Reading reading, Func<TemplateOptions, string?> compileTemplate)
{
    public (SiteOptions Site, IReadOnlyList<BoundDestination> Destinations) Bind(YamlMapping root, string file, string revision)
    {
        Section site = Section.Open(root, SiteKeys.Set, string.Empty, reading);
        HostOptions host = HostBinder.Bind(site.GetSection(SiteKeys.Host), reading.BaseDirectory);
        YamlMapping integration = Integration(site);
        IReadOnlyList<DestinationEntry> entries = new DestinationFinder(reading).Find(integration);
        var shared = new SharedSections(
            Section.Open(integration, SiteKeys.IntegrationSet, string.Empty, reading with { Expands = false }),
            Section.Open(integration, SiteKeys.IntegrationSet, string.Empty, reading),
            entries.Any(entry => entry.IsEnabled),
            reading.Diagnostics);
        var templates = new TemplateBinder(new TemplateLibrary(host.TemplateDirectory), compileTemplate);
        var binder = new DestinationBinder(catalogue, shared, host, reading, templates);
        List<BoundDestination> destinations = [.. entries.Select(binder.Bind)];
        var options = new SiteOptions
        {
            Path = file,
            BaseDirectory = reading.BaseDirectory,
            Revision = revision,
            Host = host,
            MaxConcurrentDeliveries = shared.MaxConcurrentDeliveries,
            Monitoring = shared.Monitoring,
            Destinations = [.. destinations.Select(destination => destination.Options)],
            Secrets = reading.Secrets.Values,
        };
        return (options, destinations);
    }

    /// <summary>The mapping that destinations stand in. Paths in messages begin below it: it is the same for all of them.</summary>
    private YamlMapping Integration(Section site)
    {
        YamlEntry? entry = site.Find(SiteKeys.Integration);
        if (entry?.Value is YamlMapping mapping)
            return mapping;
        if (entry is not null and not { Value: YamlUnreadable })
            reading.Diagnostics.Error(entry.Value.Location, entry.Name, $"expected a mapping, got {entry.Value.Noun}");
        return new YamlMapping(site.Location, []);
    }
}
