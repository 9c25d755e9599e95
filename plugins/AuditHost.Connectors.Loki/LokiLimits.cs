namespace AuditHost.Connectors.Loki;

/// <summary>What Loki takes unless it is told otherwise (Grafana Loki configuration reference, limits_config).</summary>
internal static class LokiLimits
{
    /// <summary>max_label_names_per_series.</summary>
    public const int Labels = 15;

    /// <summary>max_label_name_length, in bytes.</summary>
    public const int LabelName = 1024;

    /// <summary>max_label_value_length, in bytes.</summary>
    public const int LabelValue = 2048;

    /// <summary>The most bytes of a label that comes from an event: whoever writes events must not fill Loki's index.</summary>
    public const int FieldLabelValue = 128;

    /// <summary>The most bytes of one value of the structured metadata, of which a line may have 64 KB together (max_structured_metadata_size).</summary>
    public const int MetadataValue = 1024;

    /// <summary>max_line_size, in bytes.</summary>
    public const int Line = 256 << 10;

    /// <summary>The longest name of a tenant.</summary>
    public const int Tenant = 150;
}
