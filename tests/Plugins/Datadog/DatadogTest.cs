using System.Globalization;
using System.Text;
using AuditHost.Connectors.Datadog;
using AuditHost.Fakes.Datadog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Datadog;

/// <summary>What the tests of the Datadog connector share: one site, one clock, one context.</summary>
public abstract class DatadogTest : IAsyncLifetime
{
    internal const string Event = "\"" + """event_type":"SecurityEvent","severity":"High","source":"copybook-core::security","context":{"user":"al\"ice","operation_id":"op-1","environment":{"hostname":"app01"},"security":{"classification":"PHI"},"compliance_profiles":["SOX"]}""";
    internal const string Transformation = "\"" + """event_type":"DataTransformation","severity":"Info","context":{"operation_id":"op-1","environment":{"hostname":"app01"}},"payload":{"type":"DataTransformation","data":{"operation":"Decode","processing_duration_ms":1500,"throughput_bytes_per_sec":84500000,"memory_usage_mb":64,"transformation_result":"Success"}}""";

    protected DatadogTest()
    {
        Fake = new FakeDatadog(time: Time);
        Context = new TestPluginContext(time: Time);
    }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal JumpingTime Time { get; } = new();

    protected FakeDatadog Fake { get; }

    protected TestPluginContext Context { get; }

    public async ValueTask InitializeAsync() => await Fake.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Fake.DisposeAsync();
        Context.Dispose();
    }

    /// <summary>A connector of this site that sends what is named.</summary>
    /// <param name="send">For instance <c>"logs","metrics"</c>.</param>
    /// <param name="further">Further settings, with a comma before each.</param>
    protected IConnector Create(string send, string further = "") => new DatadogFactory().Create(
        Encoding.UTF8.GetBytes($$"""{"endpoint":"{{Fake.Address}}","api_key":"{{FakeDatadog.ApiKey}}","host_name":"relay-1","send":[{{send}}]{{further}}}"""), Context);

    /// <summary>A batch of events with the ids <c>e-1</c>, <c>e-2</c> … at the test's time.</summary>
    /// <param name="count">How many.</param>
    /// <param name="members">What each has besides id and time.</param>
    /// <param name="first">The sequence number of the first.</param>
    /// <param name="contentType">The media type of the payloads.</param>
    /// <param name="time">The time of each; the test's own where left out.</param>
    internal EventBatch Batch(int count, string members = Event, int first = 1, string contentType = "application/json", DateTimeOffset? time = null)
    {
        var events = new OutboundEvent[count];
        string timestamp = (time ?? Time.GetUtcNow()).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        for (int i = 0; i < count; i++)
        {
            string json = $$"""{"event_id":"e-{{first + i}}","timestamp":"{{timestamp}}",{{members}}}""";
            events[i] = new OutboundEvent(TestEvent.Parse(json, (ulong)(first + i)), "log", Encoding.UTF8.GetBytes(json));
        }

        return new EventBatch(events, default, contentType);
    }

    internal static EventBatch Part(EventBatch batch, int from, int count)
    {
        var events = new OutboundEvent[count];
        for (int i = 0; i < count; i++)
            events[i] = batch[from + i];
        return new EventBatch(events, default, batch.ContentType, attempt: 2);
    }

    protected int RequestsTo(string path) => Fake.Requests.Count(request => request.Path == path);
}
