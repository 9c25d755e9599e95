using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AuditHost.Fakes.CloudWatch;

/// <summary>
/// CloudWatch Logs as far as a sender of events needs it: PutLogEvents, CreateLogGroup, CreateLogStream, PutRetentionPolicy and
/// DescribeLogStreams. Rules and errors from the CloudWatch Logs API Reference.
/// </summary>
/// <param name="time">The clock of AWS; the machine's where none is given.</param>
public sealed partial class FakeCloudWatchLogs(TimeProvider? time = null) : FakeHttpServer
{
    public const string Region = "eu-central-1";
    public const string AccessKeyId = "AKIAFAKEFAKEFAKEFAKE";
    public const string SecretAccessKey = "fake/Secret+Access+Key";

    private const string TargetPrefix = "Logs_20140328.";
    private const int MaxEvents = 10_000;
    private const int MaxBytes = 1_048_576;
    private const int OverheadBytes = 26;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long _eventCount;
    private int _requestNumber;

    /// <summary>What the keys have to be; each can be changed while it runs.</summary>
    public (string AccessKeyId, string SecretAccessKey, string? SessionToken) Keys { get; set; } = (AccessKeyId, SecretAccessKey, null);

    /// <summary>A session token that was good and has expired.</summary>
    public string? ExpiredToken { get; set; }

    /// <summary>The largest event; 262144 as it was until 2025.</summary>
    public int MaxEventBytes { get; set; } = MaxBytes;

    /// <summary>Whether the rule of older references is enforced that a call spans at most 24 hours.</summary>
    public bool LimitsSpan { get; set; } = true;

    /// <summary>The actions that the key may not do.</summary>
    public IReadOnlySet<string> Denied { get; set; } = new HashSet<string>();

    /// <summary>The groups by name.</summary>
    public ConcurrentDictionary<string, LogGroup> Groups { get; } = new();

    /// <summary>How many events were taken.</summary>
    public long EventCount => Volatile.Read(ref _eventCount);

    /// <summary>The actions that were called, in order.</summary>
    public IReadOnlyList<string> Actions => [.. Requests.Select(request => request.Header("X-Amz-Target").Replace(TargetPrefix, string.Empty, StringComparison.Ordinal))];

    /// <summary>The vendor's form of an error.</summary>
    public static FakeAnswer Error(string code, string message = "", int status = 400) =>
        new(status, JsonSerializer.Serialize(new Dictionary<string, string> { ["__type"] = code, ["message"] = message }), "application/x-amz-json-1.1");

    public void AddStream(string group, string stream) => Groups.GetOrAdd(group, name => new LogGroup(name)).Streams.TryAdd(stream, []);

    /// <summary>The events of a stream, as they came.</summary>
    public IReadOnlyList<StoredEvent> EventsOf(string group, string stream) => [.. Groups[group].Streams[stream]];

    protected override FakeAnswer Answer(FakeRequest request)
    {
        FakeAnswer answer = Keeps || request.Header("X-Amz-Target") != TargetPrefix + "PutLogEvents" ? Act(request) : Count(request.Body.Span);
        return answer
            .With("x-amzn-RequestId", string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{Interlocked.Increment(ref _requestNumber):D12}"))
            .With("Date", _time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture));
    }

    /// <summary>Counts events by the names of their messages, which stand nowhere else in this form: quotes within a message are escaped.</summary>
    private FakeAnswer Count(ReadOnlySpan<byte> body)
    {
        Interlocked.Add(ref _eventCount, body.Count("\"message\":\""u8));
        return new FakeAnswer(200, """{"nextSequenceToken":"49590302938"}""", "application/x-amz-json-1.1");
    }

    private FakeAnswer Act(FakeRequest request)
    {
        if (request.Method != "POST" || request.Path != "/")
            return Broken("UnknownOperationException", "Calls are POST /", 404);
        if (request.Header("Content-Type") != "application/x-amz-json-1.1")
            return Broken("SerializationException", "The media type is not application/x-amz-json-1.1");
        if (request.Header("Content-Encoding").Length > 0)
            return Broken("SerializationException", "The body is compressed");
        if (ExpiredToken is { } expired && request.Header("X-Amz-Security-Token") == expired)
            return Error("ExpiredTokenException", "The security token included in the request is expired");
        var verifier = new SigV4Verifier(Region, "logs", Keys.AccessKeyId, Keys.SecretAccessKey, Keys.SessionToken, _time);
        if (verifier.Check(request) is var (code, message))
            return Broken(code, message);
        string target = request.Header("X-Amz-Target");
        if (!target.StartsWith(TargetPrefix, StringComparison.Ordinal))
            return Broken("UnknownOperationException", "X-Amz-Target names no action of this service");
        string action = target[TargetPrefix.Length..];
        if (Denied.Contains(action))
            return Error("AccessDeniedException", $"User: arn:aws:iam::123456789012:user/audit is not authorized to perform: logs:{action}");
        try
        {
            using JsonDocument body = JsonDocument.Parse(request.Body);
            return Act(action, body.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return Broken("SerializationException", exception.Message);
        }
    }

    private FakeAnswer Act(string action, JsonElement body)
    {
        string group = body.GetProperty("logGroupName").GetString()!;
        if (!GroupName().IsMatch(group))
            return Broken("InvalidParameterException", $"1 validation error detected: Value '{group}' at 'logGroupName' failed to satisfy constraint");
        switch (action)
        {
            case "CreateLogGroup":
                Allow(body, "logGroupName", "kmsKeyId", "tags", "logGroupClass");
                return CreateGroup(group, body);
            case "PutLogEvents":
                Allow(body, "logGroupName", "logStreamName", "logEvents");
                break;
            case "CreateLogStream":
                Allow(body, "logGroupName", "logStreamName");
                break;
            case "PutRetentionPolicy":
                Allow(body, "logGroupName", "retentionInDays");
                break;
            case "DescribeLogStreams":
                Allow(body, "logGroupName", "logStreamNamePrefix", "limit");
                break;
            default:
                return Broken("UnknownOperationException", action);
        }

        if (!Groups.TryGetValue(group, out LogGroup? found))
            return Error("ResourceNotFoundException", "The specified log group does not exist.");
        return action switch
        {
            "PutLogEvents" => PutEvents(found, body),
            "CreateLogStream" => CreateStream(found, StreamOf(body)),
            "PutRetentionPolicy" => Keep(found, body.GetProperty("retentionInDays").GetInt32()),
            _ => Describe(found, body),
        };
    }

    private FakeAnswer CreateGroup(string group, JsonElement body)
    {
        string kind = body.TryGetProperty("logGroupClass", out JsonElement value) ? value.GetString()! : "STANDARD";
        if (kind is not ("STANDARD" or "INFREQUENT_ACCESS" or "DELIVERY"))
            return Broken("InvalidParameterException", "logGroupClass");
        var created = new LogGroup(group)
        {
            Class = kind,
            KmsKeyId = body.TryGetProperty("kmsKeyId", out JsonElement key) ? key.GetString() : null,
            Tags = body.TryGetProperty("tags", out JsonElement tags) ? tags.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString()!) : new Dictionary<string, string>(),
        };
        return Groups.TryAdd(group, created)
            ? new FakeAnswer(200)
            : Error("ResourceAlreadyExistsException", "The specified log group already exists");
    }

    private static FakeAnswer CreateStream(LogGroup group, string stream) => group.Streams.TryAdd(stream, [])
        ? new FakeAnswer(200)
        : Error("ResourceAlreadyExistsException", "The specified log stream already exists");

    private static FakeAnswer Keep(LogGroup group, int days)
    {
        group.RetentionDays = days;
        return new FakeAnswer(200);
    }

    private static FakeAnswer Describe(LogGroup group, JsonElement body)
    {
        string prefix = body.GetProperty("logStreamNamePrefix").GetString()!;
        string[] names = [.. group.Streams.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Take(body.GetProperty("limit").GetInt32())];
        return new FakeAnswer(200, JsonSerializer.Serialize(new { logStreams = names.Select(name => new { logStreamName = name }) }), "application/x-amz-json-1.1");
    }

    private FakeAnswer PutEvents(LogGroup group, JsonElement body)
    {
        if (!group.Streams.TryGetValue(StreamOf(body), out ConcurrentQueue<StoredEvent>? stream))
            return Error("ResourceNotFoundException", "The specified log stream does not exist.");
        var events = new List<StoredEvent>(body.GetProperty("logEvents").GetArrayLength());
        long bytes = 0;
        foreach (JsonElement one in body.GetProperty("logEvents").EnumerateArray())
        {
            Allow(one, "timestamp", "message");
            var stored = new StoredEvent(one.GetProperty("timestamp").GetInt64(), one.GetProperty("message").GetString()!);
            int size = Encoding.UTF8.GetByteCount(stored.Message) + OverheadBytes;
            if (stored.Message.Length == 0 || stored.Timestamp < 0)
                return Broken("InvalidParameterException", "1 validation error detected: Value at 'logEvents.1.member' failed to satisfy constraint");
            if (size > MaxEventBytes)
                return Broken("InvalidParameterException", $"Log event too large: {size} bytes exceeds limit of {MaxEventBytes}");
            bytes += size;
            events.Add(stored);
        }

        return Check(events, bytes) ?? Store(group, stream, events);
    }

    private FakeAnswer? Check(List<StoredEvent> events, long bytes)
    {
        if (events.Count is 0 or > MaxEvents)
            return Broken("InvalidParameterException", "1 validation error detected: Value at 'logEvents' failed to satisfy constraint: length 1 to 10000");
        if (bytes > MaxBytes)
            return Broken("InvalidParameterException", $"Upload too large: {bytes} bytes exceeds limit of {MaxBytes}");
        for (int index = 1; index < events.Count; index++)
        {
            if (events[index].Timestamp < events[index - 1].Timestamp)
                return Broken("InvalidParameterException", "Log events in a single PutLogEvents request must be in chronological order.");
        }

        return LimitsSpan && events[^1].Timestamp - events[0].Timestamp > TimeSpan.FromHours(24).TotalMilliseconds
            ? Broken("InvalidParameterException", "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.")
            : null;
    }

    private FakeAnswer Store(LogGroup group, ConcurrentQueue<StoredEvent> stream, List<StoredEvent> events)
    {
        DateTimeOffset now = _time.GetUtcNow();
        int tooOldEnd = events.FindLastIndex(one => one.Timestamp < now.AddDays(-14).ToUnixTimeMilliseconds()) + 1;
        int expiredEnd = group.RetentionDays is { } days ? events.FindLastIndex(one => one.Timestamp < now.AddDays(-days).ToUnixTimeMilliseconds()) + 1 : 0;
        int tooNewStart = events.FindIndex(one => one.Timestamp > now.AddHours(2).ToUnixTimeMilliseconds());
        int end = tooNewStart < 0 ? events.Count : tooNewStart;
        for (int index = Math.Max(tooOldEnd, expiredEnd); index < end; index++)
        {
            Interlocked.Increment(ref _eventCount);
            if (Keeps)
                stream.Enqueue(events[index]);
        }

        var rejected = new Dictionary<string, int>();
        if (tooNewStart >= 0)
            rejected["tooNewLogEventStartIndex"] = tooNewStart;
        if (tooOldEnd > 0)
            rejected["tooOldLogEventEndIndex"] = tooOldEnd;
        if (expiredEnd > 0)
            rejected["expiredLogEventEndIndex"] = expiredEnd;
        string body = rejected.Count == 0
            ? """{"nextSequenceToken":"49590302938"}"""
            : $$"""{"nextSequenceToken":"49590302938","rejectedLogEventsInfo":{{JsonSerializer.Serialize(rejected)}}}""";
        return new FakeAnswer(200, body, "application/x-amz-json-1.1");
    }

    private static string StreamOf(JsonElement body)
    {
        string stream = body.GetProperty("logStreamName").GetString()!;
        return stream.Length is >= 1 and <= 512 && !stream.Contains(':', StringComparison.Ordinal) && !stream.Contains('*', StringComparison.Ordinal)
            ? stream
            : throw new FormatException("logStreamName");
    }

    private static void Allow(JsonElement element, params string[] names)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!names.Contains(property.Name))
                throw new FormatException($"There is no {property.Name}");
        }
    }

    private FakeAnswer Broken(string code, string message, int status = 400) => Refuse($"{code}: {message}", Error(code, message, status));

    [GeneratedRegex(@"\A[._/#A-Za-z0-9-]{1,512}\z")]
    private static partial Regex GroupName();
}
