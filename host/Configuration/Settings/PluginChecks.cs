using AuditHost.Configuration.Binding;
using AuditHost.Configuration.Options;
using AuditHost.Configuration.Secrets;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Configuration.Settings;

/// <summary>Lets connectors and formats check their settings themselves, and puts what they say at its place in the file.</summary>
/// <param name="contextFor">What a connector is created with.</param>
/// <param name="isolated">Has a plugin check itself in a process of its own, where it is to run in one.</param>
/// <param name="redactor">Removes secrets from what they say.</param>
/// <param name="diagnostics">Takes it.</param>
internal sealed class PluginChecks(
    Func<DestinationOptions, ILogger, PluginContext> contextFor, Func<DestinationOptions, ConnectorFactory, ILogger, Task>? isolated, Redactor redactor,
    DiagnosticList diagnostics)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async ValueTask CheckAsync(BoundDestination destination)
    {
        if (!destination.IsSound || !destination.Options.Enabled || destination.Connector is not { } factory)
            return;
        DestinationOptions options = destination.Options;
        var warnings = new PluginWarnings(text => diagnostics.Warning(options.Location, destination.Path, redactor.Redact(text)));
        PluginContext? context = null;
        try
        {
            if (options.Isolation is not null && isolated is not null)
            {
                await TryAsync(destination, () => isolated(options, factory, warnings));
                return;
            }

            context = contextFor(options, warnings);
            if (destination.Formatter is { } format)
                Try(destination, () => format.Create(options.FormatSettings, context), isFormat: true);
            if (Try(destination, () => factory.Create(options.Settings, context), isFormat: false) is { } connector)
                await connector.DisposeAsync().AsTask().WaitAsync(Patience);
        }
#pragma warning disable CA1031 // Whatever a plugin or a certificate does wrong concerns this destination alone.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            diagnostics.Error(options.Location, destination.Path, redactor.Redact($"cannot be prepared: {exception.Message}"));
        }
        finally
        {
            (context as IDisposable)?.Dispose();
        }
    }

    private async Task TryAsync(BoundDestination destination, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (SettingsException exception)
        {
            Report(destination, exception, isFormat: false);
        }
    }

    private T? Try<T>(BoundDestination destination, Func<T> create, bool isFormat)
        where T : class
    {
        try
        {
            return create();
        }
        catch (SettingsException exception)
        {
            Report(destination, exception, isFormat);
            return null;
        }
    }

    private void Report(BoundDestination destination, SettingsException exception, bool isFormat)
    {
        (Yaml.YamlNode node, string path) = isFormat && destination.FormatNode is { } formatNode
            ? (formatNode, $"{destination.Path}.format")
            : (destination.Mapping, destination.Path);
        SourceLocation location = exception.Setting.Length == 0 ? destination.Options.Location : SettingPath.Locate(node, exception.Setting);
        string setting = exception.Setting.Length == 0 ? path : $"{path}.{exception.Setting}";
        diagnostics.Error(location, setting, redactor.Redact(exception.Message));
    }
}
