namespace AuditHost.Fakes.Loki;

/// <summary>A stream of a tenant: the lines with the same labels. Takes them in any order within half the age of a chunk.</summary>
internal sealed class LokiStream(string labels)
{
    /// <summary>Half of max_chunk_age, 2 hours.</summary>
    private const long Window = 3_600_000_000_000;

    private readonly HashSet<(long, string)> _known = [];
    private readonly List<LokiLine> _lines = [];
    private long? _newest;

    public IReadOnlyList<LokiLine> Lines => _lines;

    /// <summary>Stores a line, unless it is there already.</summary>
    /// <returns>Why it is refused; <see langword="null"/> where it is stored.</returns>
    public string? Add(long nanoseconds, string text, IReadOnlyDictionary<string, string> metadata)
    {
        if (_newest - Window > nanoseconds)
            return $"entry with timestamp {nanoseconds} ignored, reason: 'entry too far behind, entry timestamp is: {nanoseconds}, oldest acceptable timestamp is: {_newest - Window}',\nuser 'fake', total ignored: 1 out of 1 for stream: {labels}";
        _newest = Math.Max(_newest ?? nanoseconds, nanoseconds);
        if (_known.Add((nanoseconds, text)))
            _lines.Add(new LokiLine(labels, nanoseconds, text, metadata));
        return null;
    }
}
