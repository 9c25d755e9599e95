using AuditHost.Fakes.Datadog;

namespace AuditHost.Load;

/// <summary>Datadog's intakes for logs and for metrics.</summary>
internal static class DatadogCase
{
    // The events of the load are older than the 18 hours that Datadog takes.
    public static IPluginCase Logs() => Create("send: [logs], old_events: restamp", static fake => fake.LogCount);

    // A batch takes a second of its own.
    public static IPluginCase Metrics() => Create("send: [metrics], batch_size: 10000", static fake => fake.CountedEvents);

    private static HttpCase<FakeDatadog> Create(string keys, Func<FakeDatadog, long> events) => new(
        new FakeDatadog(), events, fake => $"{{ type: datadog, {keys}, endpoint: \"{fake.Address}\", api_key: \"${{DATADOG_KEY}}\" }}")
    {
        Environment = new Dictionary<string, string> { ["DATADOG_KEY"] = FakeDatadog.ApiKey },
    };
}
