namespace AuditHost.Connectors.Elasticsearch;

/// <summary>There is nothing to set: index and mapping belong to the destination.</summary>
public sealed class ElasticsearchFormatterSettings;
