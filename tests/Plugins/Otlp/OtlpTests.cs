using System.Text;
using AuditHost.Connectors.Otlp;
using AuditHost.Fakes.OpenTelemetry;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Otlp;

/// <summary>What the tests of the OTLP connector share.</summary>
internal static class OtlpTests
{
    /// <summary>An event with each kind of value.</summary>
    public const string Event =
        """{"event_id":"e-%","timestamp":"2026-11-23T20:00:00.123456789Z","event_type":"SecurityEvent","source":"copybook-core::security","severity":"High","context":{"operation_id":"op-1","user":"al\"ice \u20ac","environment":{"hostname":"app01","process_id":4711},"security":{"classification":"PHI"},"compliance_profiles":["SOX","HIPAA"]},"payload":{"type":"SecurityEvent","data":{"score":-1.5,"count":9007199254740993,"denied":true,"by":null}}}""";

    public static readonly DateTimeOffset Received = new(2026, 11, 23, 20, 0, 1, 250, TimeSpan.Zero);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Encodings { get; } = ["protobuf", "json"];

    public static string ContentTypeOf(string encoding) => encoding == "json" ? OtlpReply.Json : OtlpReply.Protobuf;

    public static IConnector Create(PluginContext context, string further = "", params Uri[] endpoints)
    {
        string list = string.Join(',', endpoints.Select(endpoint => $"\"{endpoint}\""));
        return new OtlpFactory().Create(Encoding.UTF8.GetBytes($$"""{"endpoint":[{{list}}],"host_name":"relay-1"{{further}}}"""), context);
    }

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver.StartAsync(Cancellation);
        return receiver;
    }

    /// <summary>A batch of <see cref="Event"/> with the ids <c>e-0</c>, <c>e-1</c> …, as format <c>json</c> renders it.</summary>
    public static EventBatch Batch(int count) => BatchOf([.. Enumerable.Range(0, count).Select(index => Event.Replace("%", $"{index}", StringComparison.Ordinal))]);

    /// <summary>A batch of these events.</summary>
    public static EventBatch BatchOf(params string[] events) => new(
        events.Select((json, index) => new OutboundEvent(TestEvent.Parse(json, (ulong)index + 1, Received), "log", Encoding.UTF8.GetBytes(json))).ToArray(),
        default,
        "application/json");

    /// <summary>A batch of one event whose format made a text of it.</summary>
    public static EventBatch TextBatch(string payload) =>
        new(new[] { new OutboundEvent(TestEvent.Parse("""{"event_id":"e"}""", receivedAt: Received), "log", Encoding.UTF8.GetBytes(payload)) }, default, "text/plain");
}
