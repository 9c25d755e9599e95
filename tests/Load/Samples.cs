using System.Text.RegularExpressions;

namespace AuditHost.Load;

/// <summary>The events of <c>host/samples/events.jsonl</c>, each with an id that can be overwritten.</summary>
internal sealed partial class Samples
{
    private readonly string[] _lines;

    private Samples(string[] lines) => _lines = lines;

    /// <summary>The line of the n-th event; they repeat.</summary>
    public string this[int number] => _lines[number % _lines.Length];

    public static Samples Load(string root) =>
        new([.. File.ReadLines(Path.Combine(root, "host", "samples", "events.jsonl"))
            .Select(line => Id().Replace(line, $"\"event_id\":\"{EventId.Placeholder}\"", 1))]);

    [GeneratedRegex("\"event_id\":\"[^\"]*\"")]
    private static partial Regex Id();
}
