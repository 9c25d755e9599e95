using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;
using AuditHost.Configuration.Secrets;
using AuditHost.Configuration.Settings;
using AuditHost.Configuration.Yaml;
using AuditHost.Plugins;
using AuditHost.Sdk;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads one destination: the host's keys here, the connector's by its schema.</summary>
internal sealed class DestinationBinder(
    IPluginCatalogue catalogue, SharedSections shared, HostOptions host, Reading reading, TemplateBinder templates)
{
    private static readonly Dictionary<string, string> NoAliases = [];

    private readonly FormatBinder _formats = new(catalogue);

    public BoundDestination Bind(DestinationEntry entry)
    {
        int errorsBefore = reading.Diagnostics.ErrorCount;
        Reading own = reading with { Expands = entry.IsEnabled };
        string type = TypeOf(entry, own, out SourceLocation typeLocation);
        ConnectorFactory? connector = FindConnector(type, entry, typeLocation);
        Section section = Section.OpenShared(entry.Mapping, DestinationKeys.Set, entry.Path, own, connector?.Info.BatchingAliases ?? NoAliases);
        ReadOnlyMemory<byte> settings = connector is null ? "{}"u8.ToArray() : WriteSettings(entry, connector, own);
        bool settingsAreSound = reading.Diagnostics.ErrorCount == errorsBefore;
        bool speaksTls = entry.IsEnabled && connector is not null && settingsAreSound && TlsUse.IsIn(connector, settings);
        BoundFormat format = _formats.Bind(section, entry, connector, own);
        DestinationOptions options = BindOwnKeys(section, entry, type, speaksTls) with
        {
            Settings = settings,
            Format = format.Name,
            FormatSettings = format.Settings,
            Template = templates.Bind(section, entry.IsEnabled),
            Isolation = BindIsolation(section, connector, format),
        };
        if (options.Template is not null && options.Format is not null)
            section.Error(DestinationKeys.Template, "stands beside format; keep one of them");
        WarnOfGaps(section, options);
        return new BoundDestination(options, entry.Path, entry.Mapping, connector, format.Factory, section.Find(DestinationKeys.Format)?.Value)
        {
            IsSound = reading.Diagnostics.ErrorCount == errorsBefore,
        };
    }

    private DestinationOptions BindOwnKeys(Section section, DestinationEntry entry, string type, bool speaksTls)
    {
        (bool limited, RateLimitOptions limit) = SharedBinder.RateLimit(section.GetSection(DestinationKeys.RateLimiting), shared.RateLimit);
        var batch = new BatchOptions();
        (long? quota, FullPolicy onFull) = QuotaBinder.Bind(section, host.Journal);
        return new DestinationOptions
        {
            Name = entry.Name,
            Section = entry.Heading.Name,
            Type = type,
            Enabled = entry.IsEnabled,
            Location = entry.Key.Location,
            Filters = BindFilters(section),
            Alert = AlertBinder.Bind(section.GetSection(DestinationKeys.Alert), entry.Heading.IsForPeople),
            Batch = batch with
            {
                MaxEvents = section.TryGet(DestinationKeys.BatchSize, out int size) ? size : null,
                Timeout = section.Get(DestinationKeys.BatchTimeout, batch.Timeout),
            },
            Retry = SharedBinder.Retry(section.GetSection(DestinationKeys.RetryPolicy), shared.Retry),
            Breaker = SharedBinder.Breaker(section.GetSection(DestinationKeys.CircuitBreaker), shared.Breaker),
            RateLimit = limited ? limit : null,
            ConnectionPool = SharedBinder.ConnectionPool(section.GetSection(DestinationKeys.ConnectionPool), shared.ConnectionPool),
            Tls = BindTls(section, speaksTls),
            Authentication = AuthenticationBinder.Bind(section, shared, entry.IsEnabled),
            Proxy = BindProxy(section),
            Ordered = section.Get(DestinationKeys.Ordered, false),
            MaxInFlight = section.TryGet(DestinationKeys.MaxInFlight, out int inFlight) ? inFlight : null,
            AdaptiveConcurrency = section.Get(DestinationKeys.AdaptiveConcurrency, true),
            Timeout = section.Get(DestinationKeys.Timeout, shared.Timeout),
            StalledAfter = section.Get(DestinationKeys.StalledAfter, shared.Monitoring.StalledAfter),
            GiveUpAfter = section.TryGet(DestinationKeys.GiveUpAfter, out TimeSpan giveUpAfter) ? giveUpAfter : shared.GiveUpAfter,
            Quota = quota,
            OnFull = onFull,
        };
    }

    private IsolationOptions? BindIsolation(Section section, ConnectorFactory? connector, BoundFormat format)
    {
        IsolationOptions? own = IsolationBinder.Bind(section, DestinationKeys.Isolation);
        if (own is not null || connector is null || host.Plugins?.Isolation is not { } required)
            return own;
        FormatterFactory? formatter = format.Factory ?? (catalogue.TryGetFormatter(connector.Info.DefaultFormat, out FormatterFactory? preset) ? preset : null);
        if (!catalogue.DescriptionOf(connector).Isolated && (formatter is null || !catalogue.DescriptionOf(formatter).Isolated))
            return null;
        if (section.Find(DestinationKeys.Isolation) is not null)
            section.Error(DestinationKeys.Isolation, "host.plugins.isolation is process, and holds for every plugin of the site's own; leave the key out");
        return required;
    }

    private Uri? BindProxy(Section section)
    {
        if (!section.TryGet(DestinationKeys.Proxy, out Uri proxy))
            return null;
        if (proxy.UserInfo.Length > 0)
            reading.Secrets.Add(Uri.UnescapeDataString(proxy.UserInfo[(proxy.UserInfo.IndexOf(':', StringComparison.Ordinal) + 1)..]));
        return proxy;
    }

    private List<FilterOptions> BindFilters(Section section)
    {
        List<FilterOptions> filters = section.Get(DestinationKeys.InheritFilters, true) ? [.. shared.Filters] : [];
        filters.AddRange(FilterBinder.Bind(section, DestinationKeys.EventFilters));
        if (section.GetList(DestinationKeys.EventTypes) is { } types)
            filters.Add(new FilterOptions.EventTypes(types));
        if (section.TryGet(DestinationKeys.AlertThreshold, out Severity minimum))
            filters.Add(new FilterOptions.SeverityThreshold(minimum));
        return filters;
    }

    private TlsOptions BindTls(Section section, bool speaksTls)
    {
        Section? own = section.GetSection(DestinationKeys.Tls);
        TlsOptions tls = SharedBinder.Tls(own, shared.Tls(speaksTls));
        if (!section.TryGet(DestinationKeys.SslVerify, out bool verify))
            return tls;
        if (own is not null && own.TryGet(TlsKeys.VerifyCertificates, out bool other) && other != verify)
            section.Error(DestinationKeys.SslVerify, "contradicts tls.verify_certificates; keep one of them");
        return tls with { VerifyCertificates = verify };
    }

    private void WarnOfGaps(Section section, DestinationOptions options)
    {
        if (!options.Enabled)
            return;
        if (!options.Tls.VerifyCertificates)
            reading.Diagnostics.Warning(options.Location, section.Path, "certificates are not verified: whoever sits on the way can read and alter everything");
        if (Reachability.Contradiction(options.Filters) is { } contradiction)
            reading.Diagnostics.Warning(options.Location, section.Path, $"no event can get here: {contradiction}");
    }

    private static string TypeOf(DestinationEntry entry, Reading own, out SourceLocation location)
    {
        Section section = Section.OpenShared(entry.Mapping, DestinationKeys.Set, entry.Path, own, NoAliases);
        location = section.Find(DestinationKeys.Type)?.Value.Location ?? entry.Key.Location;
        return section.GetText(DestinationKeys.Type) ?? entry.Heading.DefaultType ?? entry.Name;
    }

    private ConnectorFactory? FindConnector(string type, DestinationEntry entry, SourceLocation location)
    {
        if (catalogue.TryGetConnector(type, out ConnectorFactory? connector))
            return connector;
        List<string> installed = [.. catalogue.Connectors.Select(factory => factory.Type).Order(StringComparer.Ordinal)];
        string message = $"no plugin provides connector type '{Shown(type, entry)}'; installed: {(installed.Count == 0 ? "none" : string.Join(", ", installed))}{NotServing()}";
        if (entry.IsEnabled)
            reading.Diagnostics.Error(location, entry.Path, message, NearestName.Find(type, installed));
        else
            reading.Diagnostics.Note(location, entry.Path, message);
        return null;
    }

    /// <summary>A folder that does not serve may well be the one that was meant.</summary>
    private string NotServing()
    {
        string[] folders = [.. catalogue.Plugins.Where(plugin => plugin.Status != PluginStatus.Loaded).Select(plugin => $"{plugin.Name} ({StatusOf(plugin)})")];
        return folders.Length == 0 ? string.Empty : $"; not serving: {string.Join(", ", folders)}, see audithost plugins list";
    }

    private static string StatusOf(PluginDescription plugin) => plugin.Status.ToString().ToLowerInvariant();

    /// <summary>The type as the file has it: what a placeholder stands for is not shown.</summary>
    private static string Shown(string type, DestinationEntry entry) =>
        entry.Mapping.Find(DestinationKeys.Type.Name)?.Value is YamlScalar scalar && Expander.HasPlaceholder(scalar.Value) ? scalar.Value : type;

    private static ReadOnlyMemory<byte> WriteSettings(DestinationEntry entry, ConnectorFactory connector, Reading own)
    {
        if (SettingsShape.TryParse(connector.SettingsSchema) is not { } shape)
        {
            own.Diagnostics.Error(
                entry.Key.Location, entry.Path, $"the plugin of connector '{connector.Type}' is broken: the schema of its settings cannot be read");
            return "{}"u8.ToArray();
        }

        IReadOnlyDictionary<string, string> aliases = connector.Info.BatchingAliases;
        return SettingsWriter.Write(
            entry.Mapping,
            shape,
            entry.Path,
            name => DestinationKeys.Set.Find(name) is not null || aliases.ContainsKey(name),
            DestinationKeys.Set.Names.Concat(aliases.Keys),
            own);
    }
}
