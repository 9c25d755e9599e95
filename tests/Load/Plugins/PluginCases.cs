namespace AuditHost.Load;

/// <summary>The plugins that are measured, by the names of the command line.</summary>
internal static class PluginCases
{
    public static readonly IReadOnlyDictionary<string, Func<IPluginCase>> All = new SortedDictionary<string, Func<IPluginCase>>(StringComparer.Ordinal)
    {
        ["appdynamics"] = AppDynamicsCase.Create,
        ["cloudwatch"] = CloudWatchCase.Create,
        ["datadog"] = DatadogCase.Logs,
        ["datadog_metrics"] = DatadogCase.Metrics,
        ["elastic_security"] = ElasticsearchCase.Security,
        ["elasticsearch"] = ElasticsearchCase.Create,
        ["file"] = FileCase.Create,
        ["fluentd"] = FluentdCase.Plain,
        ["fluentd_gzip"] = FluentdCase.Gzip,
        ["gelf"] = GelfCase.Tcp,
        ["gelf_bulk"] = GelfCase.Bulk,
        ["gelf_http"] = GelfCase.Http,
        ["graphql"] = GraphQLCase.Batch,
        ["logstash_beats"] = LogstashCase.Lumberjack,
        ["logstash_http"] = LogstashCase.Http,
        ["logstash_tcp"] = LogstashCase.Tcp,
        ["loki"] = LokiCase.Create,
        ["newrelic"] = NewRelicCase.Usual,
        ["newrelic_logs"] = NewRelicCase.Logs,
        ["otlp"] = OtlpCase.Protobuf,
        ["otlp_json"] = OtlpCase.Json,
        ["qradar"] = QRadarCase.Syslog,
        ["qradar_http"] = QRadarCase.Receiver,
        ["sentinel"] = SentinelCase.Ingestion,
        ["sentinel_collector"] = SentinelCase.DataCollector,
        ["splunk"] = SplunkCase.Create,
        ["webhook"] = WebhookCase.Create,
        ["websocket"] = WebSocketCase.PerEvent,
        ["websocket_batch"] = WebSocketCase.PerBatch,
    };
}
