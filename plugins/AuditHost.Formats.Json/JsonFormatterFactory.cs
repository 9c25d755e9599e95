using AuditHost.Formats.Json;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(JsonFormatterFactory))]

namespace AuditHost.Formats.Json;

/// <summary><c>json</c>: the event as received; a batch is a JSON array.</summary>
public sealed class JsonFormatterFactory() : FormatterFactory<JsonFormatterSettings>(
    new FormatterInfo("json", "The event as received; a batch is a JSON array.") { Framing = Framing.JsonArray },
    SettingsContext.Default.JsonFormatterSettings)
{
    protected override IEventFormatter Create(JsonFormatterSettings settings, PluginContext context) => new JsonFormatter();
}
