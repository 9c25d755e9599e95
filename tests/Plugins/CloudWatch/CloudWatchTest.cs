using System.Globalization;
using System.Text;
using AuditHost.Connectors.CloudWatch;
using AuditHost.Fakes.CloudWatch;
using AuditHost.Plugins.Tests.Files;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.CloudWatch;

/// <summary>A fake of CloudWatch Logs and a connector that sends to it, both by the same clock.</summary>
public abstract class CloudWatchTest : IAsyncLifetime
{
    protected const string Group = "/aws/copybook/audit";
    protected const string Stream = "audit-events";
    protected const string Keys = $$"""
        "access_key_id":"{{FakeCloudWatchLogs.AccessKeyId}}","secret_access_key":"{{FakeCloudWatchLogs.SecretAccessKey}}"
        """;

    protected static readonly DateTimeOffset Now = new(2026, 11, 23, 20, 0, 0, TimeSpan.Zero);

    private readonly List<IConnector> _connectors = [];

    protected CloudWatchTest()
    {
        Fake = new FakeCloudWatchLogs(new ManualClock(Now));
        Context = new TestPluginContext(time: new ManualClock(Now));
    }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected FakeCloudWatchLogs Fake { get; }

    protected TestPluginContext Context { get; }

    public async ValueTask InitializeAsync()
    {
        await Fake.StartAsync(Cancellation);
        Fake.AddStream(Group, Stream);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IConnector connector in _connectors)
            await connector.DisposeAsync();
        Context.Dispose();
        await Fake.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A connector to the fake.</summary>
    /// <param name="further">Further settings, each with a comma before it.</param>
    /// <param name="keys">The credentials' settings.</param>
    /// <param name="context">Another context than the test's.</param>
    protected IConnector Connect(string further = "", string keys = Keys, PluginContext? context = null)
    {
        IConnector connector = new CloudWatchFactory().Create(
            Encoding.UTF8.GetBytes($$"""
                {"log_group":"{{Group}}","log_stream":"{{Stream}}","region":"{{FakeCloudWatchLogs.Region}}","endpoint":"{{Fake.Address}}"{{(keys.Length > 0 ? "," : "")}}{{keys}}{{further}}}
                """),
            context ?? Context);
        _connectors.Add(connector);
        return connector;
    }

    /// <summary>A batch of messages, each so long after <see cref="Now"/>.</summary>
    protected static EventBatch Batch(params (TimeSpan Offset, string Message)[] events)
    {
        var outbound = new OutboundEvent[events.Length];
        for (int index = 0; index < events.Length; index++)
        {
            string time = (Now + events[index].Offset).ToString("O", CultureInfo.InvariantCulture);
            AuditEvent auditEvent = TestEvent.Parse($$"""{"event_id":"e-{{index}}","timestamp":"{{time}}"}""", (ulong)index + 1);
            outbound[index] = new OutboundEvent(auditEvent, "log", Encoding.UTF8.GetBytes(events[index].Message));
        }

        return new EventBatch(outbound, default, "application/json");
    }

    /// <summary>A batch of messages of one time.</summary>
    protected static EventBatch Batch(params string[] messages) => Batch([.. messages.Select(message => (TimeSpan.Zero, message))]);

    protected IEnumerable<string> Stored() => Fake.EventsOf(Group, Stream).Select(one => one.Message);
}
