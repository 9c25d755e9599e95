using System.Collections.Concurrent;

namespace AuditHost.Fakes.OpenTelemetry;

/// <summary>
/// An OTLP/HTTP receiver for logs, by the specification of the protocol and opentelemetry-proto: both encodings, gzip, the limit of a body,
/// partial success, failures as <c>google.rpc.Status</c> in the encoding of the request.
/// </summary>
public sealed class OtlpReceiver(int port = 0) : FakeHttpServer(port)
{
    public const string Path = "/v1/logs";

    private readonly ConcurrentQueue<OtlpRecord> _records = [];
    private long _recordCount;

    /// <summary>Which records are rejected; the sender is told only how many.</summary>
    public Predicate<OtlpRecord> Rejects { get; set; } = static _ => false;

    /// <summary>What every whole success says besides; empty for nothing.</summary>
    public string Warning { get; set; } = string.Empty;

    /// <summary>The most bytes of a body, after decompression. The specification recommends 64 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 64 << 20;

    /// <summary>The records that were taken, in order.</summary>
    public IReadOnlyList<OtlpRecord> Records => [.. _records];

    public long RecordCount => Volatile.Read(ref _recordCount);

    protected override FakeAnswer Answer(FakeRequest request)
    {
        string contentType = request.Header("Content-Type");
        if (request.Path != Path)
            return Refuse("a path that is not the one for logs", new FakeAnswer(404, "404 page not found", "text/plain"));
        if (request.Method != "POST")
            return Refuse("another method than POST", new FakeAnswer(405, "405 method not allowed, supported: [POST]", "text/plain"));
        if (contentType is not (OtlpReply.Protobuf or OtlpReply.Json))
            return Refuse("a content type that OTLP does not have", new FakeAnswer(415, "415 unsupported media type, supported: [application/json, application/x-protobuf]", "text/plain"));
        if (request.Header("Content-Encoding") is not ("" or "gzip"))
            return Refuse("a content encoding that not every receiver has", OtlpReply.Failure(contentType, 400, "unsupported Content-Encoding"));
        if (request.Body.Length > MaxBodyBytes)
            return Refuse("a body above the limit", OtlpReply.Failure(contentType, 413, "http: request body too large"));
        return Keeps ? Take(request, contentType) : Count(request, contentType);
    }

    private FakeAnswer Take(FakeRequest request, string contentType)
    {
        var rules = new OtlpRules();
        try
        {
            if (contentType == OtlpReply.Json)
                new JsonRequest(rules).Read(request.Body);
            else
                new ProtobufRequest(rules).Read(request.Body.Span);
        }
        catch (FormatException exception)
        {
            return Refuse(exception.Message, OtlpReply.Failure(contentType, 400, exception.Message));
        }

        foreach (string note in rules.Notes)
            Note(note);
        long rejected = 0;
        foreach (OtlpRecord record in rules.Records)
        {
            if (Rejects(record))
            {
                rejected++;
                continue;
            }

            _records.Enqueue(record);
            Interlocked.Increment(ref _recordCount);
        }

        return OtlpReply.Response(contentType, rejected, rejected > 0 ? "some records are too old" : Warning);
    }

    private FakeAnswer Count(FakeRequest request, string contentType)
    {
        Interlocked.Add(ref _recordCount, contentType == OtlpReply.Json ? JsonRequest.Count(request.Body.Span) : ProtobufRequest.Count(request.Body.Span));
        return OtlpReply.Response(contentType);
    }
}
