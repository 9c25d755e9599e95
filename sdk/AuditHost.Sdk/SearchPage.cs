namespace AuditHost.Sdk;

/// <summary>Events that <see cref="IEventSearch.SearchAsync"/> found.</summary>
/// <param name="Events">One JSON document each in UTF-8, as the destination holds it, oldest first.</param>
public sealed record SearchPage(IReadOnlyList<ReadOnlyMemory<byte>> Events)
{
    /// <summary>
    /// The columns of a listing: heading to dotted path in a document, in the order to show them. The usual headings are <c>time</c>,
    /// <c>type</c>, <c>severity</c>, <c>user</c> and <c>id</c>.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Columns { get; init; } = [];

    /// <summary>How many events there are in all, over all pages.</summary>
    public long TotalHits { get; init; }

    /// <summary>Whether <see cref="TotalHits"/> is only a lower bound, because the destination stopped counting.</summary>
    public bool AtLeast { get; init; }

    /// <summary>How long the destination took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Whether the destination gave up before it had looked everywhere, so that events may be missing.</summary>
    public bool TimedOut { get; init; }

    /// <summary>What <see cref="SearchQuery.After"/> is for the next page; <see langword="null"/> after the last.</summary>
    public string? Next { get; init; }
}
