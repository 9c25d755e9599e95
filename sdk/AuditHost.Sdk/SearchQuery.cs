namespace AuditHost.Sdk;

/// <summary>Which events <see cref="IEventSearch.SearchAsync"/> looks for. What is empty holds for every event.</summary>
public sealed record SearchQuery
{
    /// <summary>The earliest time of an event, included.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time that events are earlier than.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The types of event, any of them.</summary>
    public IReadOnlyList<string> EventTypes { get; init; } = [];

    /// <summary>The severities, any of them.</summary>
    public IReadOnlyList<Severity> Severities { get; init; } = [];

    /// <summary>The users, any of them.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Words that the event must have somewhere in its text, all of them.</summary>
    public string? Text { get; init; }

    /// <summary>The most events in the page, from 1 to 10,000.</summary>
    public int Size { get; init; } = 100;

    /// <summary>Where the page begins: <see cref="SearchPage.Next"/> of the page before it. <see langword="null"/> for the first.</summary>
    public string? After { get; init; }
}
