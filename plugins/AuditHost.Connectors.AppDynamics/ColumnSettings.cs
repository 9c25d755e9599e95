using System.ComponentModel;

namespace AuditHost.Connectors.AppDynamics;

/// <summary>A column of one's own, under <c>columns</c>.</summary>
public sealed class ColumnSettings
{
    [Description("The dotted path of its value in the event, for instance payload.data.records_processed.")]
    public required string Path { get; set; }

    [Description("Its type. A value that does not fit it is left out; a string takes any.")]
    [DefaultValue("string")]
    public ColumnType Type { get; set; }
}
