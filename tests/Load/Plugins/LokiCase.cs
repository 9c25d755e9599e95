using AuditHost.Fakes.Loki;

namespace AuditHost.Load;

/// <summary>Grafana Loki's push API.</summary>
internal static class LokiCase
{
    // The events of the load are older than the week that Loki takes.
    public static IPluginCase Create() => new HttpCase<FakeLoki>(
        new FakeLoki(), static fake => fake.LineCount, static fake => $"{{ type: loki, timestamp: received, endpoint: \"{fake.Address}\" }}");
}
