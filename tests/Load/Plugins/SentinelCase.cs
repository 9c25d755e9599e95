using AuditHost.Fakes.Azure;

namespace AuditHost.Load;

/// <summary>Azure Monitor's APIs for logs.</summary>
internal static class SentinelCase
{
    public static IPluginCase Ingestion() => new HttpCase<FakeLogsIngestion>(
        new FakeLogsIngestion(),
        static fake => fake.RowCount,
        static fake => $"{{ type: sentinel, endpoint: \"{fake.Address}\", dcr_immutable_id: {FakeLogsIngestion.Rule}, stream_name: {FakeLogsIngestion.Stream}, authentication: {{ type: bearer_token, token: \"${{MONITOR_TOKEN}}\" }} }}")
    {
        Environment = new Dictionary<string, string> { ["MONITOR_TOKEN"] = FakeLogsIngestion.Token },
    };

    public static IPluginCase DataCollector() => new HttpCase<FakeDataCollector>(
        new FakeDataCollector(),
        static fake => fake.RecordCount,
        static fake => $"{{ type: sentinel, endpoint: \"{fake.Address}\", workspace_id: {FakeDataCollector.Workspace}, shared_key: \"${{WORKSPACE_KEY}}\", log_type: Audit }}")
    {
        Environment = new Dictionary<string, string> { ["WORKSPACE_KEY"] = FakeDataCollector.Key },
    };
}
