using System.Buffers;
using System.Text;
using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Connectors.Webhook;
using AuditHost.Delivery;
using AuditHost.Intake;
using AuditHost.Lanes;
using AuditHost.Lanes.Poison;
using AuditHost.Sdk;
using AuditHost.Security;
using AuditHost.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Faults.Storms;

/// <summary>The webhook connector and its delivery chain as a site has them, over a real connection and under a clock of its own.</summary>
internal sealed class StormFixture : IAsyncDisposable
{
    public const int Events = 20;

    private readonly DeliveryPlaces _places = new(100);
    private readonly CancellationTokenSource _stop = new();
    private readonly DestinationContext _context;
    private readonly IConnector _connector;
    private readonly BatchRenderer _renderer;
    private readonly DeliveryChain _chain;
    private readonly LaneBatch _batch = new();

    public StormFixture(StormClock clock, string endpoint, bool breaker)
    {
        Clock = clock;
        Options = new DestinationOptions
        {
            Name = "hook", Section = "webhooks", Type = "webhook", Enabled = true, Location = new SourceLocation("site.yaml", 1, 1),
            Settings = Encoding.UTF8.GetBytes($$"""{"endpoint":"{{endpoint}}"}"""),
            Timeout = StormClock.Deadline, ConnectionPool = new ConnectionPoolOptions { ConnectTimeout = StormClock.Deadline },
            Breaker = new BreakerOptions { Enabled = breaker },
        };
        _context = new DestinationContext(Options, Path.GetTempPath(), clock, NullLogger.Instance);
        ConnectorFactory factory = new WebhookFactory();
        _connector = factory.Create(Options.Settings, _context);
        _renderer = new BatchRenderer("hook", Guid.Empty, factory.Content(Options.Settings), Framing.Newline, new BytesFormatter(), null);
        Watch = new DeliveryWatch(new LaneStatistics(), new DeliveryHistograms("hook", false), static text => text, clock, NullLogger.Instance);
        var guard = new PoisonGuard(null, new PoisonTurns(clock), clock, NullLogger.Instance);
        _chain = new DeliveryChain(Options, _connector, factory.Info, 1, _renderer, _places, Watch, guard, clock, NullLogger.Instance);
    }

    public DestinationOptions Options { get; }

    public StormClock Clock { get; }

    public DeliveryWatch Watch { get; }

    /// <summary>Each pause that the delivery made.</summary>
    public List<TimeSpan> Pauses { get; } = [];

    /// <summary>The body that the receiver must get, once.</summary>
    public static string Body => string.Concat(Enumerable.Range(1, Events).Select(number => $"{Json(number)}\n"));

    /// <summary>Delivers a batch, from pause to pause.</summary>
    /// <param name="paused">Looks at the state of things in each.</param>
    public async Task<DeliveryJob> DeliverAsync(Action? paused = null)
    {
        _batch.Open(1, Clock.GetTimestamp());
        for (int number = 1; number <= Events; number++)
            _renderer.Append(_batch, Parse(number));
        var job = new DeliveryJob(_batch);
        Task delivery = _chain.DeliverAsync(job, _stop.Token, _stop.Token);
        while (await Clock.EndNextPauseAsync(delivery, paused) is { } pause)
            Pauses.Add(pause);
        await delivery;
        return job;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _connector.DisposeAsync();
        _batch.Dispose();
        _context.Dispose();
        _stop.Dispose();
    }

    private static string Json(int number) => $$"""{"event_id":"e{{number}}","event_type":"T"}""";

    private ParsedEvent Parse(int number)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Json(number));
        Assert.True(EventParser.TryParse(bytes, out EventIndex index, out _));
        var parsed = new ParsedEvent();
        parsed.Set(bytes, index, (ulong)number, Clock.GetUtcNow().UtcTicks, null);
        return parsed;
    }

    private sealed class BytesFormatter : IEventFormatter
    {
        public string ContentType => "application/x-ndjson";

        public void Format(AuditEvent auditEvent, IBufferWriter<byte> output) => output.Write(auditEvent.Json.Span);
    }
}
