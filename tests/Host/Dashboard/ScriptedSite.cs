using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Configuration.Secrets;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Tests.Dashboard;

/// <summary>A site over a real data directory, with a destination per name and the connector that a test made for it.</summary>
internal static class ScriptedSite
{
    /// <param name="folder">Where the site lives; its data directory is <c>data</c>.</param>
    /// <param name="connectors">Of the destinations that can be created.</param>
    /// <param name="destinations">The destinations; without any, those that have a connector.</param>
    public static Task<Site> OpenAsync(string folder, IReadOnlyDictionary<string, IConnector> connectors, params IReadOnlyList<string> destinations) =>
        OpenAsync(folder, connectors, static options => options, destinations);

    /// <param name="folder">Where the site lives; its data directory is <c>data</c>.</param>
    /// <param name="connectors">Of the destinations that can be created.</param>
    /// <param name="configure">Changes the site.</param>
    /// <param name="destinations">The destinations; without any, those that have a connector.</param>
    public static Task<Site> OpenAsync(
        string folder, IReadOnlyDictionary<string, IConnector> connectors, Func<SiteOptions, SiteOptions> configure, params IReadOnlyList<string> destinations) =>
        OpenAsync(folder, connectors, configure, HostMachine.This, destinations);

    /// <param name="folder">Where the site lives; its data directory is <c>data</c>.</param>
    /// <param name="connectors">Of the destinations that can be created.</param>
    /// <param name="time">The clock.</param>
    /// <param name="alert">How their events become messages; <see langword="null"/> where they do not.</param>
    public static Task<Site> OpenAsync(string folder, IReadOnlyDictionary<string, IConnector> connectors, TimeProvider time, AlertOptions? alert = null) =>
        OpenAsync(
            folder, connectors, options => options with { Destinations = [.. options.Destinations.Select(destination => destination with { Alert = alert })] }, HostMachine.This, time, []);

    /// <param name="folder">Where the site lives; its data directory is <c>data</c>.</param>
    /// <param name="connectors">Of the destinations that can be created.</param>
    /// <param name="configure">Changes the site.</param>
    /// <param name="machine">What it runs on.</param>
    /// <param name="destinations">The destinations; without any, those that have a connector.</param>
    public static Task<Site> OpenAsync(
        string folder, IReadOnlyDictionary<string, IConnector> connectors, Func<SiteOptions, SiteOptions> configure, HostMachine machine, params IReadOnlyList<string> destinations) =>
        OpenAsync(folder, connectors, configure, machine, TimeProvider.System, destinations);

    private static Task<Site> OpenAsync(
        string folder, IReadOnlyDictionary<string, IConnector> connectors, Func<SiteOptions, SiteOptions> configure, HostMachine machine, TimeProvider time, IReadOnlyList<string> destinations)
    {
        var options = new SiteOptions
        {
            Path = "site.yaml", BaseDirectory = folder, Revision = "r", MaxConcurrentDeliveries = 10, Monitoring = new(),
            Host = new HostOptions { DataDirectory = Path.Combine(folder, "data"), Journal = new() { ReserveBytes = 0 } },
            Destinations = [.. (destinations.Count > 0 ? destinations : connectors.Keys).Select(Destination)],
        };
        return Site.OpenAsync(configure(options), new ScriptedCatalogue(connectors), new Redactor([]), time, NullLoggerFactory.Instance, machine);
    }

    private static DestinationOptions Destination(string name) => new()
    {
        Name = name, Section = "siem", Type = "scripted", Enabled = true, Location = new SourceLocation("site.yaml", 1, 1),
    };
}
