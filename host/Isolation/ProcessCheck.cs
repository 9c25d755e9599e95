using AuditHost.Configuration.Options;
using AuditHost.Plugins;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Isolation;

/// <summary>Has a plugin check its settings in a process of its own, where a site file says that it runs in one.</summary>
internal sealed class ProcessCheck(IPluginCatalogue plugins, string baseDirectory, TimeProvider time)
{
    /// <summary>Makes the destination's connector and format, opens nothing, and ends the process.</summary>
    /// <exception cref="SettingsException">The settings cannot work.</exception>
    /// <exception cref="IOException">The process ended or did not answer.</exception>
    public async Task RunAsync(DestinationOptions options, ConnectorFactory connector)
    {
        PluginProcess process = await PluginProcess.StartAsync(
            ProcessSetup.Of(options, connector, baseDirectory, Guid.Empty, plugins), options.Isolation!, time, NullLogger.Instance, CancellationToken.None);
        await process.DisposeAsync();
    }
}
