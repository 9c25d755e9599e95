namespace AuditHost.Fakes.Elasticsearch;

/// <summary>What an API key or a user may do.</summary>
[Flags]
public enum ElasticPrivileges
{
    None = 0,
    Monitor = 1,
    ManageIndexTemplates = 2,
    Write = 4,
    Read = 8,
}
