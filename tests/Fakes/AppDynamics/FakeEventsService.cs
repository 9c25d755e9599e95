using System.Collections.Concurrent;
using System.Text.Json;

namespace AuditHost.Fakes.AppDynamics;

/// <summary>
/// An Events Service of AppDynamics Analytics: account and key, media types as text, schemas that are created and added to, and events of which
/// each value must fit its column. Written from "Analytics Events API" of AppDynamics's documentation. It takes a request whole or not at all.
/// </summary>
public sealed class FakeEventsService(int port = 0) : FakeHttpServer(port)
{
    public const string Account = "customer1_0f8e4f5c-2b1a-4c59-9f0e-7d6c5b4a3928";
    public const string Key = "c3a1e2d4-fake-analytics-key";
    public const string MediaType = "application/vnd.appd.events+json;v=2";

    /// <summary>Columns that every schema has of itself.</summary>
    private static readonly string[] Own = ["eventTimestamp", "pickupTimestamp"];

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, string>> _schemas = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<JsonElement> _events = [];
    private long _eventCount;
    private int _publishesLeft = int.MaxValue;

    /// <summary>Whether the key may ask for schemas and change them.</summary>
    public bool MayManage { get; set; } = true;

    /// <summary>Whether the key may publish.</summary>
    public bool MayPublish { get; set; } = true;

    /// <summary>The largest body, in bytes.</summary>
    public int MaxBytes { get; set; } = 1_000_000;

    /// <summary>The status of a success; either is documented.</summary>
    public int TakenStatus { get; set; } = 200;

    /// <summary>What was published, while <see cref="FakeHttpServer.Keeps"/> is set.</summary>
    public IReadOnlyList<JsonElement> Events => [.. _events];

    public long EventCount => Volatile.Read(ref _eventCount);

    /// <summary>A schema's columns, name to type, without those that every schema has; <see langword="null"/> where there is none.</summary>
    public IReadOnlyDictionary<string, string>? Schema(string name) => _schemas.GetValueOrDefault(name);

    /// <summary>Makes a schema as somebody else would.</summary>
    public void Define(string name, params (string Name, string Type)[] columns) =>
        _schemas[name] = new ConcurrentDictionary<string, string>(columns.Select(column => KeyValuePair.Create(column.Name, column.Type)));

    public void Delete(string name) => _schemas.TryRemove(name, out _);

    /// <summary>How many requests the licence takes before it is used up.</summary>
    public void ThrottleAfter(int publishes) => _publishesLeft = publishes;

    protected override FakeAnswer Answer(FakeRequest request)
    {
        if (request.Header("X-Events-API-AccountName") != Account || request.Header("X-Events-API-Key") != Key)
            return Refuse("another account or key", EventsError.Of(401, "Unauthorized", "The account or the key is not known"));
        if (request.Header("Accept") != MediaType)
            return Refuse("another Accept than the API's", EventsError.Of(406, "NotAcceptable", "The accept header was something else"));
        if (request.Method is "POST" or "PATCH" && request.Header("Content-Type") != MediaType)
            return Refuse("another Content-Type than the API's", EventsError.Of(415, "UnsupportedMediaType", "The content type is incorrect"));
        if (request.Path.Split('/') is not ["", "events", var call, var name] || !IsName(name))
            return Refuse("a path that the API does not have", EventsError.Of(404, "NotFound", "HTTP 404 Not Found"));
        return (request.Method, call) switch
        {
            ("GET" or "POST" or "PATCH", "schema") when !MayManage => EventsError.Of(403, "Forbidden", "The key may not manage this schema"),
            ("GET", "schema") => Tell(name),
            ("POST", "schema") => Create(name, request.Body),
            ("PATCH", "schema") => Change(name, request.Body),
            ("POST", "publish") when !MayPublish => EventsError.Of(403, "Forbidden", "The key may not publish"),
            ("POST", "publish") => Publish(name, request.Body),
            _ => Refuse("a method that the API does not have", EventsError.Of(405, "MethodNotAllowed", "HTTP 405 Method Not Allowed")),
        };
    }

    private FakeAnswer Tell(string name)
    {
        if (Schema(name) is not { } schema)
            return EventsError.MissingSchema;
        IEnumerable<string> columns = schema.Select(column => $"\"{column.Key}\":\"{column.Value}\"").Concat(Own.Select(column => $"\"{column}\":\"date\""));
        return new FakeAnswer(200, $$$"""{"schema":{{{{string.Join(',', columns)}}}}}""", MediaType);
    }

    private FakeAnswer Create(string name, ReadOnlyMemory<byte> body)
    {
        if (Parse(body) is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("schema", out JsonElement schema) || Fault(schema) is not null || root.EnumerateObject().Count() > 1)
            return Refuse("a schema that is none", EventsError.Of(400, "BadRequest", "The given schema was invalid"));
        var columns = new ConcurrentDictionary<string, string>(schema.EnumerateObject().Select(column => KeyValuePair.Create(column.Name, column.Value.GetString()!)));
        return _schemas.TryAdd(name, columns)
            ? new FakeAnswer(201)
            : EventsError.Of(409, "Conflict", "An event type with that name already exists for this account");
    }

    private FakeAnswer Change(string name, ReadOnlyMemory<byte> body)
    {
        if (!_schemas.TryGetValue(name, out ConcurrentDictionary<string, string>? schema))
            return EventsError.MissingSchema;
        if (Parse(body) is not { ValueKind: JsonValueKind.Array } changes || changes.EnumerateArray().Any(change => !IsAddition(change)))
            return Refuse("a change that is none", EventsError.Of(400, "BadRequest", "The given request was invalid"));
        JsonProperty[] added = [.. changes.EnumerateArray().SelectMany(change => change.GetProperty("add").EnumerateObject())];
        if (added.Any(column => schema.ContainsKey(column.Name)))
            return EventsError.Of(400, "BadRequest", "The field exists already");
        foreach (JsonProperty column in added)
            schema[column.Name] = column.Value.GetString()!;
        return new FakeAnswer(200);
    }

    private FakeAnswer Publish(string name, ReadOnlyMemory<byte> body)
    {
        if (Interlocked.Decrement(ref _publishesLeft) < 0)
            return EventsError.Of(429, "TooManyRequests", "The account has reached its limit").With("Retry-After", "60");
        if (body.Length > MaxBytes)
            return Refuse("a body that is too large", EventsError.Of(413, "RequestEntityTooLarge", "The request body is too large"));
        if (Schema(name) is not { } schema)
            return EventsError.MissingSchema;
        if (!Keeps)
            return Count(body.Span);
        if (Parse(body) is not { ValueKind: JsonValueKind.Array } events || events.GetArrayLength() == 0)
            return Refuse("no array of events", EventsError.Of(400, "BadRequest", "The given request was invalid"));
        int number = 0;
        foreach (JsonElement one in events.EnumerateArray())
        {
            if (Fault(schema, one) is { } fault)
                return Refuse($"event {number}: {fault}", EventsError.Of(400, "BadRequest", "The given request was invalid"));
            number++;
        }

        foreach (JsonElement one in events.EnumerateArray())
            _events.Enqueue(one);
        Interlocked.Add(ref _eventCount, number);
        return new FakeAnswer(TakenStatus);
    }

    /// <summary>Counts the objects of the array, which are flat.</summary>
    private FakeAnswer Count(ReadOnlySpan<byte> body)
    {
        int count = 0;
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
            count += reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 1 ? 1 : 0;
        Interlocked.Add(ref _eventCount, count);
        return new FakeAnswer(TakenStatus);
    }

    private static string? Fault(IReadOnlyDictionary<string, string> schema, JsonElement one)
    {
        if (one.ValueKind != JsonValueKind.Object)
            return "no object";
        var seen = new HashSet<string>();
        foreach (JsonProperty member in one.EnumerateObject())
        {
            if (!seen.Add(member.Name))
                return $"{member.Name} stands there twice";
            string? type = Own.Contains(member.Name) ? "date" : schema.GetValueOrDefault(member.Name);
            if (type is null)
                return $"the schema has no {member.Name}";
            if (!SchemaTypes.Takes(type, member.Value))
                return $"{member.Name} is no {type}";
        }

        return null;
    }

    private static string? Fault(JsonElement columns)
    {
        if (columns.ValueKind != JsonValueKind.Object || !columns.EnumerateObject().Any())
            return "no columns";
        return columns.EnumerateObject().Any(column => !IsName(column.Name) || Own.Contains(column.Name)
            || column.Value.ValueKind != JsonValueKind.String || !SchemaTypes.Has(column.Value.GetString()))
            ? "a column that cannot be one"
            : null;
    }

    private static bool IsAddition(JsonElement change) => change.ValueKind == JsonValueKind.Object
        && change.EnumerateObject().Count() == 1 && change.TryGetProperty("add", out JsonElement columns) && Fault(columns) is null;

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 255 && char.IsAsciiLetter(name[0]) && name.All(one => char.IsAsciiLetterOrDigit(one) || one == '_');

    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonElement.Parse(body.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
