using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace AuditHost.Fakes.Host;

/// <summary>
/// The intake of this product's own host, for what a real one will not do on demand. It takes lines as the host does: all of a request or nothing, and a
/// known event once.
/// </summary>
public sealed class FakeIntake(int port = 0) : FakeHttpServer(port)
{
    public const string Token = "0123456789abcdef0123456789abcdef";

    private readonly ConcurrentQueue<JsonElement> _events = [];
    private readonly HashSet<string> _known = [];

    /// <summary>Whether a token is asked for.</summary>
    public bool WantsToken { get; set; }

    /// <summary>The largest body.</summary>
    public int MaxBodyBytes { get; set; } = 5 << 20;

    /// <summary>What is answered to everything, while it is set.</summary>
    public FakeAnswer? Always { get; set; }

    /// <summary>What was stored, in order, each event once.</summary>
    public IReadOnlyList<JsonElement> Events => [.. _events];

    public IEnumerable<string> Ids => Events.Select(one => one.GetProperty("event_id").GetString()!);

    /// <summary>The refusal of bad events, in the host's words.</summary>
    public static FakeAnswer BadEvents(params IEnumerable<(int Index, string Reason)> errors) => new(
        400,
        JsonSerializer.Serialize(new
        {
            type = "urn:audithost:problem:bad-events",
            title = "The request holds bad events",
            status = 400,
            detail = "Bad events.",
            errors = errors.Select(error => new { index = error.Index, line = error.Index + 1, path = "$", reason = error.Reason }),
        }),
        "application/problem+json");

    protected override FakeAnswer Answer(FakeRequest request)
    {
        if (Always is { } always)
            return always;
        if (request.Method != "POST" || request.Path != "/v1/events")
            return Refuse("another path", new FakeAnswer(404));
        if (WantsToken && request.Header("Authorization") != $"Bearer {Token}")
            return new FakeAnswer(401, """{"type":"urn:audithost:problem:unauthorized","status":401,"detail":"Send a token."}""", "application/problem+json");
        if (request.Header("Content-Type") != "application/x-ndjson")
            return Refuse("another type", new FakeAnswer(415));
        if (request.Body.Length > MaxBodyBytes)
            return new FakeAnswer(413);
        string[] lines = request.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        (int, string)[] bad = [.. lines.Select((line, index) => (index, Fault: FaultOf(line))).Where(pair => pair.Fault is not null).Select(pair => (pair.index, pair.Fault!))];
        if (lines.Length == 0 || bad.Length > 0)
            return BadEvents(bad);
        foreach (string line in lines.Where(_known.Add))
            _events.Enqueue(JsonElement.Parse(line));
        return new FakeAnswer(200, $$"""{"accepted":{{lines.Length}},"first":1,"last":{{lines.Length}}}""");
    }

    private static string? FaultOf(string line)
    {
        try
        {
            JsonElement json = JsonElement.Parse(Encoding.UTF8.GetBytes(line));
            return json.ValueKind != JsonValueKind.Object ? "An event is a JSON object."
                : json.TryGetProperty("bad", out _) ? "It says so."
                : null;
        }
        catch (JsonException exception)
        {
            return exception.Message;
        }
    }
}
