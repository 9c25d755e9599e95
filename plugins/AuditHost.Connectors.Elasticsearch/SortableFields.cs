namespace AuditHost.Connectors.Elasticsearch;

/// <summary>The fields as they can be compared and sorted: <c>event_id</c>, or <c>event_id.keyword</c> where that is a text.</summary>
internal sealed record SortableFields(string Id, string Type, string Severity, string User);
