using System.ComponentModel;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>The keys of an <c>elastic_security</c> destination in a site file.</summary>
public sealed class ElasticSecuritySettings : ElasticSettings
{
    [Description("Which indices and data streams hold the events, with a * at the end. Searches ask all of them, and the template is for them.")]
    [DefaultValue("copybook-audit-*")]
    public string IndexPattern { get; set; } = "copybook-audit-*";

    [Description("The data stream that is written to, for instance logs-copybook.audit-default. Left out, what index_pattern has before its *, without a - at the end.")]
    public string? DataStream { get; set; }

    [Description("Whether documents are refused rather than written to an index that is no data stream. Left out, so it is where index_template is given. Elasticsearch knows it from 8.13 on.")]
    public bool? RequireDataStream { get; set; }

    [Description("The template of the data stream, which is put at every start. Left out, templates are the operator's, and no right to manage them is needed.")]
    public DataStreamTemplateSettings? IndexTemplate { get; set; }

    [Description("Where a search looks. The defaults suit the format ecs.")]
    public SearchFieldSettings SearchFields { get; set; } = new();
}
