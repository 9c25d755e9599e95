using System.Text;
using AuditHost.Connectors.NewRelic;
using AuditHost.Fakes.NewRelic;
using AuditHost.Plugins.Tests.Prometheus;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.NewRelic;

/// <summary>What the tests of the New Relic connector share. It is the 23rd of November 2026, 20:00, and events happened half a minute ago.</summary>
internal static class NewRelicTests
{
    public const string Now = "2026-11-23T19:59:30.123456789Z";
    public const long NowMilliseconds = 1_795_463_970_123;
    public const long MinuteMilliseconds = 1_795_463_940_000;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TestPluginContext Context(ManualTime? time = null) => new(time: time ?? new ManualTime());

    public static async Task<NewRelicServer> StartAsync(TimeProvider? time = null)
    {
        var server = new NewRelicServer { Time = time ?? new ManualTime() };
        await server.StartAsync(Cancellation);
        return server;
    }

    /// <summary>A connector that sends what is named, and without compression.</summary>
    public static IConnector Create(PluginContext context, Uri endpoint, string send, string further = "") => new NewRelicFactory().Create(
        Encoding.UTF8.GetBytes(
            $$"""{"license_key":"{{NewRelicServer.LicenseKey}}","app_name":"audit","account_id":"{{NewRelicServer.Account}}","endpoint":"{{endpoint}}","send":[{{Quoted(send)}}],"compression":"none"{{further}}}"""),
        context);

    /// <summary>A batch of security events with the ids <c>e-1</c>, <c>e-2</c> …, each formatted as what was received.</summary>
    public static EventBatch Batch(int count, ulong first = 1) => BatchOf([.. Enumerable.Range(0, count).Select(index => SecurityEvent(first + (ulong)index))], first);

    public static EventBatch BatchOf(IReadOnlyList<string> events, ulong first = 1, string contentType = "application/json", DateTimeOffset received = default) => new(
        events.Select((json, index) => new OutboundEvent(TestEvent.Parse(json, first + (ulong)index, received), "log", Encoding.UTF8.GetBytes(json))).ToArray(), default, contentType);

    public static string SecurityEvent(ulong number, string time = Now) =>
        $$$$"""{"event_id":"e-{{{{number}}}}","timestamp":"{{{{time}}}}","event_type":"SecurityEvent","source":"core::security","severity":"High","context":{"user":"al\"ice","operation_id":"op","environment":{"hostname":"app01"},"security":{"classification":"PHI"},"compliance_profiles":["HIPAA","SOX"]},"payload":{"data":{"security_event_type":"DataBreach","ok":true,"level":3}}}""";

    private static string Quoted(string list) => string.Join(',', list.Split(' ').Select(one => $"\"{one}\""));
}
