using System.Text.RegularExpressions;

namespace AuditHost.Load;

/// <summary>Events that repeat, each with an id that can be overwritten.</summary>
internal sealed partial class Samples
{
    private readonly string[] _lines;

    private Samples(IEnumerable<string> lines) => _lines = [.. lines];

    /// <summary>
    /// What stands before an event's number, once for each event. That of a syslog message begins its text, whether it was passed on as it came
    /// or within an event.
    /// </summary>
    public static byte[] Marker(InputKind input) => input == InputKind.Syslog ? "load-"u8.ToArray() : "\"event_id\":\"load-"u8.ToArray();

    /// <summary>The line of the n-th event; they repeat.</summary>
    public string this[int number] => _lines[number % _lines.Length];

    /// <summary>As JSON.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="full">Events with all their optional detail, about 2.3 KB, instead of those of <c>host/samples</c>, about 1.1 KB.</param>
    public static Samples Load(string root, bool full) =>
        new(Lines(root, full).Select(line => Id().Replace(line, $"\"event_id\":\"{EventId.Placeholder}\"", 1)));

    /// <summary>As syslog of RFC 5424, whose text begins with the number and goes on with the event.</summary>
    public static Samples LoadSyslog(string root, bool full) =>
        new(Lines(root, full).Select(line => $"<134>1 2026-03-31T06:00:00.003883Z cbproc-02 copybook-audit 53923 Audit - {EventId.Placeholder} {line}"));

    private static IEnumerable<string> Lines(string root, bool full) =>
        File.ReadLines(full ? Path.Combine(root, "tests", "Load", "full-events.jsonl") : Path.Combine(root, "host", "samples", "events.jsonl"));

    [GeneratedRegex("\"event_id\":\"[^\"]*\"")]
    private static partial Regex Id();
}
