using System.CommandLine;
using System.Text.Json;
using AuditHost.Configuration;
using AuditHost.Plugins;
using AuditHost.Sdk;
using AuditHost.Telemetry;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace AuditHost.Commands;

/// <summary><c>plugins list</c> and <c>plugins describe</c>.</summary>
internal static class PluginsCommand
{
    public static Command Create() => new("plugins", "Show the plugins at hand.") { CreateList(), CreateDescribe() };

    private static Command CreateList()
    {
        Option<string> config = SiteArguments.Config();
        Option<bool> json = SiteArguments.Json();
        var command = new Command("list", "List every plugin folder, the broken ones with the reason.") { config, json };
        command.SetAction((parsed, _) =>
        {
            using PluginCatalogue catalogue = Load(parsed.GetRequiredValue(config));
            if (parsed.GetValue(json))
                Output.Json(catalogue.Plugins, CommandJson.Default.IReadOnlyListPluginDescription);
            else
                Output.Table(
                    ["plugin", "version", "SDK", "status", "provides"],
                    catalogue.Plugins.Select(plugin => new[]
                    {
                        plugin.Name, plugin.Version, plugin.SdkVersion, plugin.Status.ToString().ToLowerInvariant(), plugin.Reason ?? string.Join(", ", plugin.Types),
                    }));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command CreateDescribe()
    {
        var type = new Argument<string>("type") { Description = "A connector or format, as a site file names it." };
        Option<string> config = SiteArguments.Config();
        Option<bool> json = SiteArguments.Json();
        var command = new Command("describe", "Show what a connector or format does and its settings.") { type, config, json };
        command.SetAction((parsed, _) =>
        {
            using PluginCatalogue catalogue = Load(parsed.GetRequiredValue(config));
            string wanted = parsed.GetRequiredValue(type);
            PluginFactory[] found =
            [
                .. catalogue.Connectors.Where(factory => factory.Type == wanted),
                .. catalogue.Formatters.Where(factory => factory.Type == wanted),
            ];
            if (found.Length == 0)
            {
                string[] known = [.. catalogue.Connectors.Select(factory => factory.Type), .. catalogue.Formatters.Select(factory => factory.Type)];
                string hint = NearestName.Find(wanted, known) is { } nearest ? $"; did you mean {nearest}?" : $"; there are {string.Join(", ", known.Order())}.";
                Console.Error.WriteLine($"audithost: no plugin provides '{wanted}'{hint}");
                return Task.FromResult(ExitCode.Failed);
            }

            foreach (PluginFactory factory in found)
                Describe(factory, catalogue.DescriptionOf(factory), parsed.GetValue(json));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static PluginCatalogue Load(string config)
    {
        using var log = new HostLog(LogLevel.Error, json: false);
        string? siteDirectory = File.Exists(config) ? SiteLoader.FindPluginDirectory(config, Environment.GetEnvironmentVariable) : null;
        return PluginCatalogue.Load(LoadedSite.BuiltInPlugins, siteDirectory, log.CreateLogger("plugins"));
    }

    private static void Describe(PluginFactory factory, PluginDescription plugin, bool json)
    {
        using JsonDocument schema = JsonDocument.Parse(factory.SettingsSchema);
        if (json)
        {
            Output.Json(schema.RootElement, CommandJson.Default.JsonElement);
            return;
        }

        string kind = factory is ConnectorFactory ? "connector" : "format";
        AnsiConsole.MarkupLineInterpolated($"[bold]{factory.Type}[/] ({kind}, {plugin.Name} {plugin.Version})");
        Console.WriteLine(factory.Summary);
        if (factory is ConnectorFactory connector)
            Console.WriteLine(
                $"Default format {connector.Info.DefaultFormat}; at most {Counted.Of(connector.Info.MaxBatchEvents, "event")} or {Counted.Of(connector.Info.MaxBatchBytes, "byte")} a batch, {connector.Info.MaxConcurrency} at a time.");
        Console.WriteLine();
        Output.Table(["setting", "type", "default", "meaning"], SchemaRows.Of(schema.RootElement));
        Console.WriteLine();
    }
}
