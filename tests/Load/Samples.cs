using System.Text.RegularExpressions;

namespace AuditHost.Load;

/// <summary>The events of <c>host/samples/events.jsonl</c>, each with an id that can be overwritten.</summary>
internal sealed partial class Samples
{
    private readonly string[] _lines;

    private Samples(string[] lines, byte[] marker)
    {
        _lines = lines;
        Marker = marker;
    }

    /// <summary>The marker of events that come in as JSON.</summary>
    public static byte[] JsonMarker { get; } = [.. "\"event_id\":\"load-"u8];

    /// <summary>What stands before an event's number in whatever the host sends of it, and only once for each.</summary>
    public byte[] Marker { get; }

    /// <summary>The line of the n-th event; they repeat.</summary>
    public string this[int number] => _lines[number % _lines.Length];

    public static Samples Load(string root) =>
        new([.. File.ReadLines(Path.Combine(root, "host", "samples", "events.jsonl"))
            .Select(line => Id().Replace(line, $"\"event_id\":\"{EventId.Placeholder}\"", 1))], JsonMarker);

    /// <summary>As syslog of RFC 5424, whose text begins with the number and goes on with the event.</summary>
    public static Samples LoadSyslog(string root) =>
        new([.. File.ReadLines(Path.Combine(root, "host", "samples", "events.jsonl"))
            .Select(line => $"<134>1 2026-03-31T06:00:00.003883Z cbproc-02 copybook-audit 53923 Audit - {EventId.Placeholder} {line}")], [.. "\"message\":\"load-"u8]);

    [GeneratedRegex("\"event_id\":\"[^\"]*\"")]
    private static partial Regex Id();
}
