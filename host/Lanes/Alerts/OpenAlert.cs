using AuditHost.Sdk;

namespace AuditHost.Lanes.Alerts;

/// <summary>An alert that people were told of, and that is not resolved. Kept in a file beside the cursor.</summary>
internal sealed record OpenAlert
{
    /// <summary>What its events have in common.</summary>
    public required string Key { get; init; }

    /// <summary>The same for people.</summary>
    public required string Label { get; init; }

    public string EventType { get; init; } = string.Empty;

    public Severity Severity { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When the last message about it was taken.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>How many events its messages told of.</summary>
    public long Total { get; init; }
}
