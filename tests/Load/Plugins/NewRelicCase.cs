using AuditHost.Fakes.NewRelic;

namespace AuditHost.Load;

/// <summary>New Relic's APIs.</summary>
internal static class NewRelicCase
{
    public static IPluginCase Usual() => Create("[logs, metrics]");

    public static IPluginCase Logs() => Create("[logs]");

    private static HttpCase<NewRelicServer> Create(string send) => new(
        new NewRelicServer(),
        static fake => fake.LogCount,
        fake => $"{{ type: newrelic, endpoint: \"{fake.Address}\", license_key: \"${{NEWRELIC_LICENSE_KEY}}\", send: {send} }}")
    {
        Environment = new Dictionary<string, string> { ["NEWRELIC_LICENSE_KEY"] = NewRelicServer.LicenseKey },
    };
}
