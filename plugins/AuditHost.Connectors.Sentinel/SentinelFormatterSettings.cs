using System.ComponentModel;

namespace AuditHost.Connectors.Sentinel;

/// <summary>What a row has besides the usual columns.</summary>
public sealed class SentinelFormatterSettings
{
    [Description("Whether the whole event, as received, goes along as text in the column RawEvent.")]
    [DefaultValue(false)]
    public bool RawEvent { get; set; }

    [Description("The most bytes of a column's value; a longer one is cut and IsTruncated says so. Azure itself cuts at 65536, the Data Collector API at 32768.")]
    [DefaultValue(65_536)]
    public int MaxFieldBytes { get; set; } = AzureLimits.Field;
}
