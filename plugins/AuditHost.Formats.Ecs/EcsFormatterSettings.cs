using System.ComponentModel;

namespace AuditHost.Formats.Ecs;

/// <summary>Which data stream a document names, and where the parts go that ECS has no fields for.</summary>
public sealed class EcsFormatterSettings
{
    [Description("The dataset, as data_stream.dataset and event.dataset: lower case, no hyphen, at most 100 bytes, such as copybook.audit. Without it the documents name no data stream.")]
    public string? Dataset { get; set; }

    [Description("The namespace beside the dataset, as data_stream.namespace: lower case, no hyphen, at most 100 bytes.")]
    [DefaultValue(EcsDataStream.DefaultNamespace)]
    public string Namespace { get; set; } = EcsDataStream.DefaultNamespace;

    [Description("The service's name, as service.name. Without it the event's source serves.")]
    public string? ServiceName { get; set; }

    [Description("The name of the object for what ECS has no fields for: lower case letters, digits and underscores, and none of ECS's own names.")]
    [DefaultValue(EcsCustomField.Default)]
    public string CustomField { get; set; } = EcsCustomField.Default;

    [Description("What becomes of the payload: fields (an object), text (its JSON in a string, one field in the index) or none.")]
    [DefaultValue("fields")]
    public EcsPayload Payload { get; set; }

    [Description("Whether the whole event, as received, goes along as event.original.")]
    [DefaultValue(false)]
    public bool Original { get; set; }
}
