using AuditHost.Configuration.Options;
using AuditHost.Isolation;
using AuditHost.Plugins;
using Microsoft.Extensions.Logging;

namespace AuditHost.Commands;

/// <summary>Where this host finds its plugins, and how it comes to know them.</summary>
internal static class PluginPlaces
{
    /// <summary>The built-in plugins lie beside the executable.</summary>
    public static string BuiltIn { get; } = Path.Combine(AppContext.BaseDirectory, "plugins");

    public static PluginCatalogue Load(PluginOptions? site, ILogger logger) => PluginCatalogue.Load(
        BuiltIn,
        site,
        logger,
        site?.Isolation is { } isolation ? assembly => InquiredPlugin.Ask(assembly, isolation, TimeProvider.System) : null);
}
