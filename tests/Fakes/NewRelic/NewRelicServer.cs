using System.Collections.Concurrent;
using System.Text.Json;

namespace AuditHost.Fakes.NewRelic;

/// <summary>
/// New Relic's Log, Metric, Event and OTLP endpoints on one address. Like New Relic it checks head and size at once and the data only after it has
/// answered with a success: what breaks a rule is then dropped, and found by the request's id among <see cref="IntegrationErrors"/>.
/// </summary>
public sealed class NewRelicServer(int port = 0) : FakeHttpServer(port)
{
    public const string LicenseKey = "0123456789abcdef0123456789abcdefFFFFNRAL";
    public const string Account = "1234567";

    private const int MaxBytes = 1_000_000;

    private readonly ConcurrentQueue<StoredLog> _logs = [];
    private readonly ConcurrentQueue<JsonElement> _events = [];
    private readonly ConcurrentQueue<StoredPoint> _points = [];
    private readonly ConcurrentQueue<StoredSpan> _spans = [];
    private readonly ConcurrentQueue<IntegrationError> _errors = [];
    private long _logCount;
    private int _requestNumber;

    /// <summary>The clock by which data are too old.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>The requests per minute that are left; what comes after is answered with 429.</summary>
    public int RequestsLeft { get; set; } = int.MaxValue;

    public IReadOnlyList<StoredLog> Logs => [.. _logs];

    public IReadOnlyList<JsonElement> Events => [.. _events];

    public IReadOnlyList<StoredPoint> Points => [.. _points];

    public IReadOnlyList<StoredSpan> Spans => [.. _spans];

    public IReadOnlyList<IntegrationError> IntegrationErrors => [.. _errors];

    /// <summary>How many logs came, also while nothing is kept.</summary>
    public long LogCount => Volatile.Read(ref _logCount);

    /// <summary>The id that the how manieth request that was taken got, counted from 1.</summary>
    public static string IdOf(int request) => $"f0e7bfff-001a-b000-0000-{request:x12}";

    protected override FakeAnswer Answer(FakeRequest request) => request.Path switch
    {
        "/log/v1" => CheckHead(request, IsLogType) ?? Take(request, TakeLogs),
        "/metric/v1" => CheckHead(request, static type => type == "application/json") ?? Take(request, TakeMetrics),
        $"/v1/accounts/{Account}/events" => CheckHead(request, static type => type.Length > 0 && !type.StartsWith("multipart/", StringComparison.Ordinal), isEventApi: true) ?? TakeEvents(request),
        "/v1/traces" => CheckHead(request, static type => type == "application/x-protobuf", missingKey: 401) ?? TakeSpans(request),
        _ => Refuse($"a path that New Relic does not have: {request.Path}", NewRelicReply.Failure(404, "The request path is incorrect.")),
    };

    private static bool IsLogType(string type) => type is "application/json" or "json" or "application/gzip" or "gzip";

    private FakeAnswer? CheckHead(FakeRequest request, Predicate<string> isType, int missingKey = 403, bool isEventApi = false)
    {
        if (request.Method != "POST")
            return Refuse("another method than POST", NewRelicReply.Failure(405, "Used a request method other than POST."));
        string key = request.Header("Api-Key");
        if (key.Length == 0)
            return Refuse("no license key", NewRelicReply.Failure(missingKey, "Authentication failure."));
        if (key != LicenseKey)
            return Refuse("an unknown license key", NewRelicReply.Failure(403, "Authentication failure."));
        if (--RequestsLeft < 0)
            return NewRelicReply.RateLimited(17);
        if (!request.Headers.ContainsKey("Content-Length"))
            return Refuse("no Content-Length", NewRelicReply.Failure(isEventApi ? 400 : 411, "The Content-Length header wasn't included."));
        if (isEventApi && request.Raw.IsEmpty)
            return Refuse("an empty request", NewRelicReply.Failure(400, "Unable to process empty request."));
        if (request.Raw.Length > MaxBytes)
            return Refuse("a body of more than 1,000,000 bytes", NewRelicReply.Failure(413, "Payloads must be under 1MB (10^6 bytes)."));
        if (!isType(request.Header("Content-Type").Split(';')[0]))
            return Refuse("a content type that the API does not have", NewRelicReply.Failure(415, "The Content-Type was invalid."));
        return request.Header("Content-Encoding").ToLowerInvariant() is "" or "identity" or "gzip"
            ? null
            : Refuse("a content encoding that not all APIs have", NewRelicReply.Failure(415, "The Content-Encoding was invalid."));
    }

    private FakeAnswer Take(FakeRequest request, Func<JsonElement, Action<string>, bool> take)
    {
        if (!Keeps)
            return Count(request);
        string id = NextId();
        try
        {
            using JsonDocument document = JsonDocument.Parse(request.Body);
            return take(document.RootElement, message => Drop(id, request.Path == "/log/v1" ? "Logs" : "Metrics", message))
                ? NewRelicReply.Taken(id)
                : Refuse("a body whose structure is invalid", NewRelicReply.Failure(400, "Structure of the request is invalid."));
        }
        catch (JsonException)
        {
            return Refuse("a body that is no JSON", NewRelicReply.Failure(400, "Structure of the request is invalid."));
        }
    }

    private bool TakeLogs(JsonElement root, Action<string> drop)
    {
        foreach (StoredLog log in new LogRules(Time.GetUtcNow(), drop).Read(root))
        {
            _logs.Enqueue(log);
            Interlocked.Increment(ref _logCount);
        }

        return true;
    }

    private bool TakeMetrics(JsonElement root, Action<string> drop)
    {
        if (!MetricRules.IsStructure(root))
            return false;
        foreach (StoredPoint point in new MetricRules(Time.GetUtcNow(), drop).Read(root))
            _points.Enqueue(point);
        return true;
    }

    /// <summary>Answers 200 whatever the body has.</summary>
    private FakeAnswer TakeEvents(FakeRequest request)
    {
        string id = NextId();
        try
        {
            using JsonDocument document = JsonDocument.Parse(request.Body);
            foreach (JsonElement one in new EventRules(Time.GetUtcNow(), message => Drop(id, "Event API", message)).Read(document.RootElement))
                _events.Enqueue(one);
        }
        catch (JsonException)
        {
            Drop(id, "Event API", "Error parsing JSON payload");
        }

        return NewRelicReply.TakenEvents(id);
    }

    private FakeAnswer TakeSpans(FakeRequest request)
    {
        string id = NextId();
        try
        {
            foreach (StoredSpan span in new SpanReader(Time.GetUtcNow(), message => Drop(id, "Distributed Tracing", message)).Read(request.Body.Span))
                _spans.Enqueue(span);
        }
        catch (FormatException exception)
        {
            Drop(id, "Distributed Tracing", exception.Message);
        }

        return NewRelicReply.TakenSpans();
    }

    private FakeAnswer Count(FakeRequest request)
    {
        if (request.Path == "/log/v1")
            Interlocked.Add(ref _logCount, LogCounter.Count(request.Body.Span));
        return NewRelicReply.Taken(IdOf(0));
    }

    private void Drop(string id, string feature, string message)
    {
        Note(message);
        _errors.Enqueue(new IntegrationError(id, feature, message));
    }

    private string NextId() => IdOf(Interlocked.Increment(ref _requestNumber));
}
