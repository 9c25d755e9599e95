namespace AuditHost.Journal;

/// <summary>The events are durable, the new ones under these sequence numbers.</summary>
internal readonly record struct AppendReceipt(ulong First, ulong Last)
{
    /// <summary>Events that were durable before and were not stored again.</summary>
    public int Duplicates { get; init; }

    /// <summary>The new events; 0 where all were known, and then the sequence numbers say nothing.</summary>
    public int Count => First == 0 ? 0 : (int)(Last - First + 1);
}
