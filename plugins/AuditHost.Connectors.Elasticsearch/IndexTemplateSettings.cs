using System.ComponentModel;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>What a managed template says about new indices.</summary>
public class IndexTemplateSettings
{
    [Description("The template's name. Left out, the prefix of the indices, or the data stream's name with -stream behind it. The component template NAME@mappings belongs to it; NAME@custom is the operator's, used where it exists.")]
    public string? Name { get; set; }

    [Description("How many primary shards an index has. Left out, as many as the cluster gives.")]
    public int? Shards { get; set; }

    [Description("How many copies each shard has. Left out, as many as the cluster gives.")]
    public int? Replicas { get; set; }

    [Description("How long a new document may take to be found, for instance 30s; -1 for never. Left out, what the cluster says.")]
    public string? RefreshInterval { get; set; }

    [Description("Which template wins where several fit an index: the highest. Those that Elasticsearch brings have up to 200.")]
    [DefaultValue(500)]
    public int Priority { get; set; } = 500;
}
