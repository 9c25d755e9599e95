using AuditHost.Fakes.Splunk;

namespace AuditHost.Load;

/// <summary>Splunk's HTTP Event Collector.</summary>
internal static class SplunkCase
{
    public static IPluginCase Create() => new HttpCase<SplunkCollector>(
        new SplunkCollector(),
        static fake => fake.EventCount,
        static fake => $"{{ type: splunk, hec_endpoint: \"{fake.Address}\", hec_token: \"${{HEC_TOKEN}}\" }}")
    {
        Environment = new Dictionary<string, string> { ["HEC_TOKEN"] = SplunkCollector.Token },
    };
}
