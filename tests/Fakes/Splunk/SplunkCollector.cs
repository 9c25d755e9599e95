using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace AuditHost.Fakes.Splunk;

/// <summary>
/// The HTTP Event Collector of a Splunk indexer: tokens, allowed indexes, channels, acknowledgements, the whole table of codes. It reads a
/// request event by event and keeps those before the first bad one, as Splunk does.
/// </summary>
public sealed class SplunkCollector(int port = 0) : FakeHttpServer(port)
{
    public const string Token = "b8f2c1d0-5a4e-4c7b-9d31-0e6f7a8b9c01";

    private readonly ConcurrentQueue<HecEvent> _events = [];
    private readonly ConcurrentDictionary<(string Channel, int Id), int> _polls = new();
    private readonly ConcurrentDictionary<string, int> _lastIds = new();
    private long _eventCount;

    /// <summary>The indexes that the token allows; none listed allows all.</summary>
    public IReadOnlySet<string> Indexes { get; set; } = new HashSet<string>();

    /// <summary>Whether the token has indexer acknowledgement on: then every request needs a channel.</summary>
    public bool Acknowledges { get; set; }

    /// <summary>How many polls for an id are answered with "not yet".</summary>
    public int PollsUntilIndexed { get; set; }

    public bool IsTokenDisabled { get; set; }

    /// <summary>limits.conf, [http_input] max_content_length; counted after decompression.</summary>
    public int MaxContentLength { get; set; } = 1_000_000;

    public IReadOnlyList<HecEvent> Events => [.. _events];

    public long EventCount => Volatile.Read(ref _eventCount);

    protected override FakeAnswer Answer(FakeRequest request)
    {
        if (CheckToken(request) is { } refusal)
            return refusal;
        return (request.Method, request.Path) switch
        {
            ("POST", "/services/collector/event" or "/services/collector" or "/services/collector/event/1.0") => TakeEvents(request),
            ("POST", "/services/collector/ack") => TellAcknowledgements(request),
            ("GET", "/services/collector/health" or "/services/collector/health/1.0") => HecReply.Of(200, 17, "HEC is healthy"),
            (_, "/services/collector/event" or "/services/collector" or "/services/collector/ack" or "/services/collector/health") =>
                Refuse("a method that HEC does not have", new FakeAnswer(405, """{"text":"The requested URL method is not allowed.","code":405}""")),
            _ => Refuse("a path that HEC does not have", new FakeAnswer(404, """{"text":"The requested URL was not found on this server.","code":404}""")),
        };
    }

    private FakeAnswer? CheckToken(FakeRequest request)
    {
        string authorization = request.Header("Authorization");
        if (authorization.Length == 0)
            return Refuse("no token", HecReply.Of(401, 2, "Token is required"));
        if (!authorization.StartsWith("Splunk ", StringComparison.Ordinal))
            return Refuse("a token without 'Splunk '", HecReply.Of(401, 3, "Invalid authorization"));
        if (authorization[7..] != Token)
            return Refuse("an unknown token", HecReply.Of(403, 4, "Invalid token"));
        return IsTokenDisabled ? HecReply.Of(403, 1, "Token disabled") : null;
    }

    private FakeAnswer TakeEvents(FakeRequest request)
    {
        string channel = request.Header("X-Splunk-Request-Channel");
        if (request.Body.Length > MaxContentLength)
            return Refuse("a body above max_content_length", new FakeAnswer(413, """{"text":"Content-Length of request is too large","code":413}"""));
        if (Acknowledges && channel.Length == 0)
            return Refuse("no channel", HecReply.Of(400, 10, "Data channel is missing"));
        if (channel.Length > 0 && !Guid.TryParse(channel, out _))
            return Refuse("a channel that is no GUID", HecReply.Of(400, 11, "Invalid data channel"));
        if (request.Body.IsEmpty)
            return Refuse("no data", HecReply.Of(400, 5, "No data"));
        if ((Keeps ? Read(request.Body) : Count(request.Body)) is { } refused)
            return refused;
        if (!Acknowledges)
            return HecReply.Of(200, 0, "Success");
        int id = _lastIds.AddOrUpdate(channel, 0, (_, last) => last + 1);
        _polls[(channel, id)] = 0;
        return new FakeAnswer(200, string.Create(CultureInfo.InvariantCulture, $$"""{"text":"Success","code":0,"ackId":{{id}}}"""))
            .With("Set-Cookie", "node=indexer-1; Path=/; HttpOnly");
    }

    private FakeAnswer? Read(ReadOnlyMemory<byte> body)
    {
        var reader = new HecReader(Indexes);
        int taken = 0;
        foreach (HecEvent? one in reader.Read(body))
        {
            if (one is null)
                return Refuse($"event {taken}: {reader.Text}", HecReply.Of(400, reader.Code, reader.Text, taken));
            taken++;
            Interlocked.Increment(ref _eventCount);
            _events.Enqueue(one);
        }

        return null;
    }

    /// <summary>Counts lines, which is right for senders that end each event with one.</summary>
    private FakeAnswer? Count(ReadOnlyMemory<byte> body)
    {
        Interlocked.Add(ref _eventCount, body.Span.Count((byte)'\n'));
        return null;
    }

    private FakeAnswer TellAcknowledgements(FakeRequest request)
    {
        string channel = request.Header("X-Splunk-Request-Channel");
        if (!Acknowledges)
            return Refuse("a poll although acknowledgement is off", HecReply.Of(400, 14, "ACK is disabled"));
        if (channel.Length == 0)
            return Refuse("a poll without a channel", HecReply.Of(400, 10, "Data channel is missing"));
        if (request.Header("Cookie") != "node=indexer-1")
            return Refuse("a poll that went to another node than the data", new FakeAnswer(200, """{"acks":{}}"""));
        using JsonDocument asked = JsonDocument.Parse(request.Body);
        IEnumerable<string> states = asked.RootElement.GetProperty("acks").EnumerateArray()
            .Select(id => id.GetInt32())
            .Select(id => string.Create(CultureInfo.InvariantCulture, $"\"{id}\":{(IsIndexed(channel, id) ? "true" : "false")}"));
        return new FakeAnswer(200, $$$"""{"acks":{{{{string.Join(',', states)}}}}}""");
    }

    /// <summary>True once: the status is forgotten when it was told.</summary>
    private bool IsIndexed(string channel, int id)
    {
        if (!_polls.TryGetValue((channel, id), out int polls))
            return false;
        if (polls < PollsUntilIndexed)
        {
            _polls[(channel, id)] = polls + 1;
            return false;
        }

        return _polls.TryRemove((channel, id), out _);
    }
}
