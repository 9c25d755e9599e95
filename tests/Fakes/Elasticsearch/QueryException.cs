namespace AuditHost.Fakes.Elasticsearch;

/// <summary>A search that Elasticsearch refuses.</summary>
internal sealed class QueryException(string type, string message) : Exception(message)
{
    public string Type => type;
}
