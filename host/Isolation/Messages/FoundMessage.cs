using AuditHost.Sdk;

namespace AuditHost.Isolation.Messages;

/// <summary>A page that a search found, on the wire.</summary>
internal sealed record FoundMessage
{
    /// <summary>An answer of the process has a bound, and Base64 makes a third more of the documents.</summary>
    private const int MostBytes = 10 << 20;

    public IReadOnlyList<byte[]> Events { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Columns { get; init; } = [];

    public long TotalHits { get; init; }

    public bool AtLeast { get; init; }

    public TimeSpan Took { get; init; }

    public bool TimedOut { get; init; }

    public string? Next { get; init; }

    /// <exception cref="ArgumentException">The page is too large for the channel.</exception>
    public static FoundMessage Of(SearchPage page)
    {
        if (page.Events.Sum(document => (long)document.Length) > MostBytes)
            throw new ArgumentException($"The page has more than {MostBytes:N0} bytes, which is too much for a plugin in a process of its own. Ask for a smaller page.");
        return new FoundMessage
        {
            Events = [.. page.Events.Select(document => document.ToArray())],
            Columns = page.Columns,
            TotalHits = page.TotalHits,
            AtLeast = page.AtLeast,
            Took = page.Took,
            TimedOut = page.TimedOut,
            Next = page.Next,
        };
    }

    public SearchPage ToPage() => new([.. Events.Select(document => (ReadOnlyMemory<byte>)document)])
    {
        Columns = Columns,
        TotalHits = TotalHits,
        AtLeast = AtLeast,
        Took = Took,
        TimedOut = TimedOut,
        Next = Next,
    };
}
