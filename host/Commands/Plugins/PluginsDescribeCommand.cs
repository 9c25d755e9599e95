using System.CommandLine;
using System.Text.Json;
using AuditHost.Configuration;
using AuditHost.Plugins;
using AuditHost.Sdk;
using Spectre.Console;

namespace AuditHost.Commands.Plugins;

/// <summary><c>plugins describe</c>.</summary>
internal static class PluginsDescribeCommand
{
    public static Command Create()
    {
        var type = new Argument<string>("type") { Description = "A connector or format, as a site file names it." };
        Option<string> config = SiteArguments.Config();
        Option<bool> json = SiteArguments.Json();
        var markdown = new Option<bool>("--markdown") { Description = "Print a section of a Markdown page." };
        var command = new Command("describe", "Show what a connector or format does and its settings.") { type, config, json, markdown };
        command.SetAction((parsed, _) =>
        {
            using PluginCatalogue catalogue = PluginsCommand.Load(PluginsCommand.FindHost(parsed.GetRequiredValue(config))?.Plugins);
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
            {
                if (parsed.GetValue(markdown))
                    Console.WriteLine(PluginMarkdown.Of(factory));
                else
                    Describe(factory, catalogue.DescriptionOf(factory), parsed.GetValue(json));
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
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
        AnsiConsole.MarkupLineInterpolated($"[bold]{factory.Type}[/] ({kind}, {plugin.Name} {plugin.Version}, trusted by {plugin.TrustedBy ?? "nobody"})");
        Console.WriteLine(factory.Summary);
        if (factory is ConnectorFactory connector)
        {
            Console.WriteLine(
                $"Default format {connector.Info.DefaultFormat}; at most {Counted.Of(connector.Info.MaxBatchEvents, "event")} or {Counted.Of(connector.Info.MaxBatchBytes, "byte")} a batch, {connector.Info.MaxConcurrency} at a time.");
            if (connector.Info.Delivered is { } delivered)
                Console.WriteLine($"Delivered means: {delivered}");
        }

        if (plugin.PinnedBy is { } pin)
            Console.WriteLine($"Cannot be unloaded: {pin} A reload leaves the former version in memory.");
        Console.WriteLine();
        Output.Table(["setting", "type", "default", "meaning"], SchemaRows.Of(schema.RootElement));
        Console.WriteLine();
    }
}
