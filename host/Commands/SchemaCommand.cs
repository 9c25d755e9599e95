using System.CommandLine;
using System.Text.Json;
using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Plugins;
using AuditHost.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuditHost.Commands;

/// <summary><c>schema</c>: one JSON schema for the whole site file, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        Option<string> config = SiteArguments.Config();
        var command = new Command("schema", "Print one JSON schema for the whole site file, loaded plugins included.") { config };
        command.SetAction((parsed, _) =>
        {
            using var log = new HostLog(LogLevel.Warning, json: false);
            PluginOptions? plugins = SiteLoader.FindHost(parsed.GetRequiredValue(config), Environment.GetEnvironmentVariable)?.Plugins;
            using PluginCatalogue catalogue = PluginPlaces.Load(plugins, log.CreateLogger("plugins"));
            using Stream output = Console.OpenStandardOutput();
            using (var writer = new Utf8JsonWriter(output, Output.JsonOptions))
                SiteSchema.Write(catalogue, writer);
            output.Write("\n"u8);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
