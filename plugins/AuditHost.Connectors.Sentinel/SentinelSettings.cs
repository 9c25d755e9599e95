using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Sentinel;

/// <summary>The keys of a Sentinel destination in a site file: those of the Logs Ingestion API, or those of the former Data Collector API.</summary>
public sealed class SentinelSettings
{
    [Description("Where the Logs Ingestion API listens: the logs ingestion endpoint of the data collection rule or of a data collection endpoint, for instance https://audit-abcd.westeurope-1.ingest.monitor.azure.com. With workspace_id: the Data Collector API of another cloud, for instance https://WORKSPACE_ID.ods.opinsights.azure.us.")]
    public string? Endpoint { get; set; }

    [Description("The immutable id of the data collection rule, for instance dcr-00112233445566778899aabbccddeeff.")]
    public string? DcrImmutableId { get; set; }

    [Description("The stream that the rule declares, for instance Custom-Audit.")]
    public string? StreamName { get; set; }

    [Description("How the body is compressed. The Data Collector API takes no compression and gets none.")]
    [DefaultValue("gzip")]
    public HttpCompression Compression { get; set; } = HttpCompression.Gzip;

    [Description("The id of the Log Analytics workspace, a GUID. With shared_key and log_type events go by the HTTP Data Collector API, which Microsoft no longer supports.")]
    public string? WorkspaceId { get; set; }

    [Description("The workspace's primary or secondary key.")]
    [PasswordPropertyText(true)]
    public string? SharedKey { get; set; }

    [Description("The workspace's table without its ending _CL: letters, digits and '_', at most 100.")]
    public string? LogType { get; set; }

    [Description("Data Collector API only: the field that has the event's time. The column TimeGenerated of the format is sent under this name, since that API refuses the other. Without it EventTime.")]
    public string? TimeGeneratedField { get; set; }
}
