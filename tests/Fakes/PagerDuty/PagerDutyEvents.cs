using System.Collections.Concurrent;
using System.Text.Json;

namespace AuditHost.Fakes.PagerDuty;

/// <summary>
/// PagerDuty's Events API v2: checks keys, shapes and limits of alert and change events, merges triggers under one key while an alert is open,
/// drops what belongs to no open alert, and throttles.
/// </summary>
public sealed class PagerDutyEvents(int port = 0) : FakeHttpServer(port)
{
    /// <summary>The integration key of a service.</summary>
    public const string Key = "a1b2c3d4e5f60718293a4b5c6d7e8f90";

    private const int MaxBodyBytes = 512_000;

    private readonly List<PagerDutyAlert> _alerts = [];
    private readonly ConcurrentQueue<JsonElement> _changes = [];
    private readonly ConcurrentQueue<string> _dropped = [];
    private long _eventCount;
    private int _inThisMinute;

    /// <summary>The keys that there are.</summary>
    public IReadOnlySet<string> Keys { get; set; } = new HashSet<string> { Key };

    /// <summary>How many events a key may send in a minute, all together; the next ones are throttled until <see cref="LetMinutePass"/>.</summary>
    public int EventsPerMinute { get; set; } = int.MaxValue;

    /// <summary>All alerts in the order of their opening, closed ones too.</summary>
    public IReadOnlyList<PagerDutyAlert> Alerts
    {
        get
        {
            lock (_alerts)
                return [.. _alerts];
        }
    }

    public IReadOnlyList<JsonElement> Changes => [.. _changes];

    /// <summary>What was accepted and dropped, because no alert was open under its key.</summary>
    public IReadOnlyList<string> Dropped => [.. _dropped];

    public long EventCount => Volatile.Read(ref _eventCount);

    public void LetMinutePass() => Volatile.Write(ref _inThisMinute, 0);

    /// <summary>How PagerDuty refuses an event.</summary>
    public static FakeAnswer Invalid(params IEnumerable<string> errors) => new(400, JsonSerializer.Serialize(
        new { status = "invalid event", message = "Event object is invalid", errors }));

    /// <summary>How PagerDuty asks for a slower pace. It says nothing of when to come back.</summary>
    public static FakeAnswer Throttled() =>
        new(429, """{"status":"throttle exceeded","message":"Requests for this service are arriving too quickly.  Please retry later."}""");

    protected override FakeAnswer Answer(FakeRequest request)
    {
        if (request.Path is not ("/v2/enqueue" or "/v2/change/enqueue"))
            return Refuse("a path that the Events API does not have", new FakeAnswer(404, "Not Found", "text/plain"));
        if (request.Method != "POST")
            return Refuse("a method that the Events API does not have", new FakeAnswer(405, "Method Not Allowed", "text/plain"));
        if (request.Body.Length > MaxBodyBytes)
            return Refuse("more than 512 KB", new FakeAnswer(413, "Payload Too Large", "text/plain"));
        if (!request.Header("Content-Type").StartsWith("application/json", StringComparison.Ordinal))
            return Refuse("a media type other than JSON", Invalid("Content-Type must be application/json"));
        if (Parse(request.Body) is not { ValueKind: JsonValueKind.Object } body)
            return Refuse("no JSON object", Invalid("JSON could not be parsed"));
        bool isChange = request.Path == "/v2/change/enqueue";
        string[] faults = [.. isChange ? EventRules.FaultsOfChange(body) : EventRules.FaultsOfAlert(body)];
        if (faults.Length > 0)
            return Refuse(string.Join("; ", faults), Invalid(faults));
        if (!Keys.Contains(body.GetProperty("routing_key").GetString()!))
            return Refuse("an unknown key", new FakeAnswer(400, """{"status":"invalid event","message":"Invalid routing key","errors":["Invalid routing key"]}"""));
        if (Interlocked.Increment(ref _inThisMinute) > EventsPerMinute)
            return Throttled();
        Interlocked.Increment(ref _eventCount);
        return isChange ? TakeChange(body) : TakeAlert(body);
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private FakeAnswer TakeChange(JsonElement body)
    {
        if (Keeps)
            _changes.Enqueue(body);
        return new FakeAnswer(202, """{"status":"success","message":"Change event processed"}""");
    }

    private FakeAnswer TakeAlert(JsonElement body)
    {
        string action = body.GetProperty("event_action").GetString()!;
        string dedupKey = body.TryGetProperty("dedup_key", out JsonElement key) ? key.GetString()! : Guid.NewGuid().ToString("N");
        if (Keeps)
            Apply(action, body.GetProperty("routing_key").GetString()!, dedupKey, body);
        return new FakeAnswer(202, JsonSerializer.Serialize(new { status = "success", message = "Event processed", dedup_key = dedupKey }));
    }

    private void Apply(string action, string routingKey, string dedupKey, JsonElement body)
    {
        lock (_alerts)
        {
            PagerDutyAlert? open = _alerts.Find(alert => alert.RoutingKey == routingKey && alert.DedupKey == dedupKey && alert.State != AlertState.Resolved);
            if (action == "trigger")
            {
                if (open is null)
                    _alerts.Add(open = new PagerDutyAlert(routingKey, dedupKey));
                open.Triggers.Add(body);
            }
            else if (open is null)
            {
                _dropped.Enqueue($"{action} {dedupKey}");
            }
            else
            {
                open.State = action == "resolve" ? AlertState.Resolved : AlertState.Acknowledged;
            }
        }
    }
}
