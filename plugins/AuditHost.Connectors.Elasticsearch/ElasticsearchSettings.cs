using System.ComponentModel;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>The keys of an <c>elasticsearch</c> destination in a site file.</summary>
public sealed class ElasticsearchSettings : ElasticSettings
{
    [Description("What the names of the indices begin with: lower-case, and none of the characters that Elasticsearch refuses.")]
    [DefaultValue("copybook-audit")]
    public string IndexPrefix { get; set; } = "copybook-audit";

    [Description("How often there is a new index. An event goes to the index of its own date (UTC), so that it meets itself there when it comes again.")]
    [DefaultValue("daily")]
    public IndexRotation IndexRotation { get; set; }

    [Description("The template of the indices, which is put at every start. Left out, templates are the operator's, and no right to manage them is needed.")]
    public IndexTemplateSettings? IndexTemplate { get; set; }

    [Description("Where a search looks. The defaults suit the format elasticsearch.")]
    public SearchFieldSettings SearchFields { get; set; } = new();
}
