namespace AuditHost.Journal;

/// <summary>The events are durable under these sequence numbers.</summary>
internal readonly record struct AppendReceipt(ulong First, ulong Last)
{
    public int Count => (int)(Last - First + 1);
}
