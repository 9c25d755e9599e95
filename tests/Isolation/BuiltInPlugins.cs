using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Plugins;

/// <summary>The plugins that ship with the host, loaded as it loads them, once for a class of tests.</summary>
public sealed class BuiltInPlugins : IDisposable
{
    internal PluginCatalogue Catalogue { get; } = PluginCatalogue.Load(PluginDirectories.OfHost, site: null, NullLogger.Instance);

    public void Dispose() => Catalogue.Dispose();
}
