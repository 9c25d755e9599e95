namespace AuditHost.Load;

/// <summary>The plugins that are measured, by the names of the command line.</summary>
internal static class PluginCases
{
    public static readonly IReadOnlyDictionary<string, Func<IPluginCase>> All = new SortedDictionary<string, Func<IPluginCase>>(StringComparer.Ordinal)
    {
        ["cloudwatch"] = CloudWatchCase.Create,
        ["file"] = FileCase.Create,
        ["gelf"] = GelfCase.Tcp,
        ["gelf_bulk"] = GelfCase.Bulk,
        ["gelf_http"] = GelfCase.Http,
        ["otlp"] = OtlpCase.Protobuf,
        ["otlp_json"] = OtlpCase.Json,
        ["qradar"] = QRadarCase.Syslog,
        ["qradar_http"] = QRadarCase.Receiver,
        ["splunk"] = SplunkCase.Create,
        ["webhook"] = WebhookCase.Create,
    };
}
