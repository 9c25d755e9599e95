using System.Globalization;
using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Commands.Plugins;

/// <summary>What a connector or format takes and promises, as a section of a Markdown page. The built-in plugins' READMEs are made of it.</summary>
internal static class PluginMarkdown
{
    public static string Of(PluginFactory factory)
    {
        var page = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        page.WriteLine($"## {(factory is ConnectorFactory ? "Connector" : "Format")} `{factory.Type}`");
        page.WriteLine();
        page.WriteLine(factory.Summary);
        page.WriteLine();
        using JsonDocument schema = JsonDocument.Parse(factory.SettingsSchema);
        WriteSettings(page, [.. SchemaRows.Of(schema.RootElement)]);
        if (factory is ConnectorFactory connector)
            WriteConnector(page, connector.Info);
        else if (factory is FormatterFactory formatter)
            WriteFormat(page, formatter.Info);
        return page.ToString();
    }

    private static void WriteSettings(StringWriter page, string[][] rows)
    {
        if (rows.Length == 0)
        {
            page.WriteLine("It has no settings of its own.");
            page.WriteLine();
            return;
        }

        page.WriteLine("| setting | type | default | meaning |");
        page.WriteLine("|---|---|---|---|");
        foreach (string[] row in rows)
            page.WriteLine($"| `{row[0]}` | {Cell(row[1])} | {Default(row[2])} | {Cell(row[3])} |");
        page.WriteLine();
    }

    private static void WriteConnector(StringWriter page, ConnectorInfo info)
    {
        if (info.Delivered is { } delivered)
            page.WriteLine($"- **Delivered** means: {delivered}");
        if (info.Content != BatchContent.None)
            page.WriteLine($"- Format `{info.DefaultFormat}`, unless the site file names another format or a template.");
        page.WriteLine(
            $"- A batch has at most {Counted.Of(info.MaxBatchEvents, "event")} or {Counted.Of(info.MaxBatchBytes, "byte")}, uncompressed; {(info.MaxConcurrency == 1 ? "one at a time, in order" : $"up to {info.MaxConcurrency} at a time")}.");
        foreach ((string own, string hosts) in info.BatchingAliases.OrderBy(alias => alias.Key, StringComparer.Ordinal))
            page.WriteLine($"- `{own}` is another name for `{hosts}`.");
        if (info.PinnedBy is { } pin)
            page.WriteLine($"- Cannot be unloaded: {pin}");
    }

    private static void WriteFormat(StringWriter page, FormatterInfo info)
    {
        page.WriteLine($"- Between events: {Between(info.Framing)}, unless the connector says otherwise.");
        if (info.PinnedBy is { } pin)
            page.WriteLine($"- Cannot be unloaded: {pin}");
    }

    private static string Between(Framing framing) => framing switch
    {
        Framing.Newline => "a line feed after each",
        Framing.JsonArray => "commas, with brackets around all of them",
        Framing.OctetCount => "the length in bytes and a space before each",
        Framing.Nul => "a NUL byte after each",
        _ => "nothing",
    };

    private static string Default(string value) => value switch
    {
        "" => string.Empty,
        "(required)" => "required",
        _ => $"`{Cell(value)}`",
    };

    /// <summary>A bar would end the cell, even inside code.</summary>
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
