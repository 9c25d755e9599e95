using System.ComponentModel;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>The fields of the documents that a search asks and lists, by dotted name. Those left out have the connector's defaults.</summary>
public sealed class SearchFieldSettings
{
    [Description("The event's id, which puts events of the same time into an order.")]
    public string? Id { get; set; }

    [Description("The event's type.")]
    public string? Type { get; set; }

    [Description("The name of the event's severity.")]
    public string? Severity { get; set; }

    [Description("Who acted.")]
    public string? User { get; set; }
}
