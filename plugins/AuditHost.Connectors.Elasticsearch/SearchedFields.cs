namespace AuditHost.Connectors.Elasticsearch;

/// <summary>The fields that a search asks, as they are mapped.</summary>
internal sealed record SearchedFields(SearchedField Id, SearchedField Type, SearchedField Severity, SearchedField User);
