using AuditHost.Configuration.Options;
using AuditHost.Plugins;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Isolation;

/// <summary>Has a plugin check its settings in a process of its own, where a site file says that it runs in one.</summary>
internal sealed class ProcessCheck(IPluginCatalogue plugins, string baseDirectory, TimeProvider time)
{
    /// <summary>Makes the destination's connector and format, opens nothing, and ends the process.</summary>
    /// <param name="options">The destination.</param>
    /// <param name="connector">Its connector's factory.</param>
    /// <param name="logger">Takes what the plugin warns of.</param>
    /// <exception cref="SettingsException">The settings cannot work.</exception>
    /// <exception cref="IOException">The process ended or did not answer.</exception>
    public async Task RunAsync(DestinationOptions options, ConnectorFactory connector, ILogger logger)
    {
        PluginProcess process = await PluginProcess.StartAsync(
            ProcessSetup.Of(options, connector, baseDirectory, Guid.Empty, plugins), options.Isolation!, time, logger, CancellationToken.None);
        await process.DisposeAsync();
    }
}
