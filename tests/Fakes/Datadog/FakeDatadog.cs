using System.Collections.Concurrent;
using AuditHost.Fakes.OpenTelemetry;

namespace AuditHost.Fakes.Datadog;

/// <summary>
/// The intakes of one site of Datadog behind one address: metrics v2, distribution points, logs v2, events v1, spans by OTLP, and the validation of a key. Where
/// Datadog says 202 and drops or cuts, so does this, and notes it.
/// </summary>
public sealed class FakeDatadog(int port = 0, TimeProvider? time = null) : FakeHttpServer(port)
{
    public const string ApiKey = "0123456789abcdef0123456789abcdef";

    /// <summary>A key of an organization at another site.</summary>
    public const string ForeignKey = "fedcba9876543210fedcba9876543210";

    public const string SeriesPath = "/api/v2/series";
    public const string DistributionsPath = "/api/v1/distribution_points";
    public const string LogsPath = "/api/v2/logs";
    public const string EventsPath = "/api/v1/events";
    public const string TracesPath = "/v1/traces";
    public const string ValidatePath = "/api/v1/validate";

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ConcurrentQueue<TakenLog> _logs = [];
    private readonly ConcurrentQueue<TakenEvent> _events = [];
    private readonly ConcurrentQueue<TakenSpan> _spans = [];
    private long _logCount;
    private long _countedEvents;

    /// <summary>Whether spans may come without a key, as at an Agent.</summary>
    public bool IsAgent { get; set; }

    /// <summary>How many of the next request's spans are rejected; the sender is told only how many.</summary>
    public int RejectedSpans { get; set; }

    /// <summary>The points, as they can be asked for afterwards.</summary>
    public MetricStore Metrics { get; } = new();

    public IReadOnlyList<TakenLog> Logs => [.. _logs];

    public IReadOnlyList<TakenEvent> Events => [.. _events];

    public IReadOnlyList<TakenSpan> Spans => [.. _spans];

    public long LogCount => Volatile.Read(ref _logCount);

    /// <summary>The sum of what series of <c>*.audit.events</c> count, while nothing is kept.</summary>
    public long CountedEvents => Volatile.Read(ref _countedEvents);

    /// <summary>What the real one says for a failure.</summary>
    public static FakeAnswer Failure(int status, string error) => new(status, $$"""{"errors":["{{error}}"]}""");

    protected override FakeAnswer Answer(FakeRequest request)
    {
        if (request.Path == TracesPath)
            return TakeSpans(request);
        if (CheckKey(request) is { } refusal)
            return refusal;
        return (request.Method, request.Path) switch
        {
            ("GET", ValidatePath) => new FakeAnswer(200, """{"valid":true}"""),
            ("POST", SeriesPath) => TakeSeries(request),
            ("POST", DistributionsPath) => TakeDistributions(request),
            ("POST", LogsPath) => TakeLogs(request),
            ("POST", EventsPath) => TakeEvent(request),
            (_, ValidatePath or SeriesPath or DistributionsPath or LogsPath or EventsPath) => Refuse("a method that the API does not have", Failure(405, "Method Not Allowed")),
            _ => Refuse("a path that Datadog does not have", Failure(404, "Not found")),
        };
    }

    private FakeAnswer? CheckKey(FakeRequest request)
    {
        string key = request.Header("DD-API-KEY");
        if (key == ApiKey)
            return null;
        return Refuse(
            key.Length == 0 ? "no API key" : key == ForeignKey ? "an API key of another site" : "an unknown API key",
            key.Length == 0 ? Failure(401, "Unauthorized") : Failure(403, "Forbidden"));
    }

    private FakeAnswer TakeSeries(FakeRequest request)
    {
        if (request.Header("Content-Type") != "application/json")
            return Refuse("series in another type than JSON", Failure(415, "Unsupported Media Type"));
        if (request.Header("Content-Encoding") is not ("" or "gzip"))
            return Refuse("a content encoding that this fake does not read", Failure(400, "Bad encoding"));
        if (request.Raw.Length > SeriesRules.MaxSentBytes)
            return Refuse("series of more than 512,000 bytes", Failure(413, "Payload too large"));
        if (request.Body.Length > SeriesRules.MaxBytes)
            return Refuse("series of more than 5,242,880 bytes uncompressed", Failure(413, "Payload too large"));
        var rules = new SeriesRules(_time.GetUtcNow());
        return Finish(SeriesRules.Check(request.Body, rules.ReadSeries), rules, new FakeAnswer(202, """{"errors":[]}"""));
    }

    private FakeAnswer TakeDistributions(FakeRequest request)
    {
        if (request.Header("Content-Type") is not ("text/json" or "application/json"))
            return Refuse("distributions in another type than JSON", Failure(415, "Unsupported Media Type"));
        if (request.Header("Content-Encoding").Length > 0)
            return Refuse("distributions in another encoding than deflate", Failure(400, "Bad encoding"));
        var rules = new SeriesRules(_time.GetUtcNow());
        return Finish(SeriesRules.Check(request.Body, rules.ReadDistribution), rules, new FakeAnswer(202, """{"status":"ok"}"""));
    }

    private FakeAnswer Finish(string? fault, SeriesRules rules, FakeAnswer taken)
    {
        if (fault is not null)
            return Refuse(fault, Failure(400, "Bad request"));
        foreach (string note in rules.Notes)
            Note(note);
        foreach (MetricPoint point in rules.Points)
        {
            if (!Keeps)
                Interlocked.Add(ref _countedEvents, point.Metric.EndsWith(".audit.events", StringComparison.Ordinal) ? (long)point.Values[0] : 0);
            else if (Metrics.Add(point))
                Note($"a second point of {point.Metric} for one second, by which the first is lost");
        }

        return taken;
    }

    private FakeAnswer TakeLogs(FakeRequest request)
    {
        if (request.Header("Content-Type") != "application/json")
            return Refuse("logs in another type than JSON", Failure(415, "Unsupported Media Type"));
        if (request.Header("Content-Encoding") is not ("" or "gzip"))
            return Refuse("a content encoding that this fake does not read", Failure(400, "Bad encoding"));
        if (request.Body.Length > LogRules.MaxBytes)
            return Refuse("logs of more than 5 MB", Failure(413, "Payload too large"));
        if (!Keeps)
        {
            Interlocked.Add(ref _logCount, LogRules.Count(request.Body.Span));
            return new FakeAnswer(202, "{}");
        }

        var rules = new LogRules(_time.GetUtcNow());
        if (rules.Read(request.Body) is { } fault)
            return Refuse(fault, Failure(fault == LogRules.TooMany ? 413 : 400, "Bad request"));
        foreach (string note in rules.Notes)
            Note(note);
        foreach (TakenLog log in rules.Logs)
        {
            _logs.Enqueue(log);
            Interlocked.Increment(ref _logCount);
        }

        return new FakeAnswer(202, "{}");
    }

    private FakeAnswer TakeEvent(FakeRequest request)
    {
        if (request.Header("Content-Type") != "application/json")
            return Refuse("an event in another type than JSON", Failure(415, "Unsupported Media Type"));
        if (EventRules.Read(request.Body, _time.GetUtcNow(), out TakenEvent? taken) is { } fault)
            return Refuse(fault, Failure(400, "Bad request"));
        if (taken is null)
            Note("an event of more than 18 hours ago, which is dropped");
        else
            _events.Enqueue(taken);
        return new FakeAnswer(202, $$$"""{"status":"ok","event":{"id":{{{_events.Count}}},"title":"t"}}""");
    }

    private FakeAnswer TakeSpans(FakeRequest request)
    {
        if (!IsAgent && request.Header("dd-api-key") != ApiKey)
            return Refuse("spans without the API key", Failure(403, "Forbidden"));
        if (IsAgent && request.Header("dd-api-key").Length > 0)
            Note("an API key that an Agent has no use for");
        if (request.Method != "POST")
            return IsAgent ? new FakeAnswer(405, "405 method not allowed", "text/plain") : Refuse("another method than POST", Failure(405, "Method Not Allowed"));
        if (request.Header("Content-Type") != OtlpReply.Protobuf)
            return Refuse("spans in another type than protobuf", Failure(415, "Unsupported Media Type"));
        var reader = new SpanReader();
        try
        {
            reader.Read(request.Body.Span);
        }
        catch (FormatException exception)
        {
            return Refuse(exception.Message, OtlpReply.Failure(OtlpReply.Protobuf, 400, exception.Message));
        }

        foreach (string note in reader.Notes)
            Note(note);
        int rejected = RejectedSpans;
        RejectedSpans = 0;
        foreach (TakenSpan span in reader.Spans.Skip(rejected))
            _spans.Enqueue(span);
        return OtlpReply.Response(OtlpReply.Protobuf, rejected, rejected > 0 ? "some spans are too old" : string.Empty);
    }
}
