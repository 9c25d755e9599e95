using AuditHost.Formats.Json;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(JsonLinesFormatterFactory))]

namespace AuditHost.Formats.Json;

/// <summary><c>jsonl</c>: the event as received, one to a line.</summary>
public sealed class JsonLinesFormatterFactory() : FormatterFactory<JsonFormatterSettings>(
    new FormatterInfo("jsonl", "The event as received, one to a line.") { Framing = Framing.Newline },
    SettingsContext.Default.JsonFormatterSettings)
{
    protected override IEventFormatter Create(JsonFormatterSettings settings, PluginContext context) => new JsonFormatter();
}
