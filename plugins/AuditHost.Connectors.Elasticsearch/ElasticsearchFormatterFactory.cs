using AuditHost.Connectors.Elasticsearch;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(ElasticsearchFormatterFactory))]

namespace AuditHost.Connectors.Elasticsearch;

/// <summary><c>elasticsearch</c>: the document of the integration design.</summary>
public sealed class ElasticsearchFormatterFactory() : FormatterFactory<ElasticsearchFormatterSettings>(
    new FormatterInfo("elasticsearch", "The event as a document for Elasticsearch: its fields without environment variables, with @timestamp, search_fields and analytics.")
    {
        Framing = Framing.Newline,
    },
    SettingsContext.Default.ElasticsearchFormatterSettings)
{
    protected override IEventFormatter Create(ElasticsearchFormatterSettings settings, PluginContext context) => new ElasticsearchFormatter();
}
