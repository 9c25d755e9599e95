using System.ComponentModel;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>What a managed template says about a data stream.</summary>
public sealed class DataStreamTemplateSettings : IndexTemplateSettings
{
    [Description("How long documents are kept, by the data stream's lifecycle, for instance 2555d. Left out, for ever, unless the cluster says otherwise.")]
    public string? Retention { get; set; }

    [Description("Whether documents that fit no mapping are kept in the data stream's failure store instead of being refused. Elasticsearch knows it from 8.19 and 9.1 on. Left out, the cluster decides.")]
    public bool? FailureStore { get; set; }
}
