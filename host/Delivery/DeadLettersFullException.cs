namespace AuditHost.Delivery;

/// <summary>There is no room for another dead letter. What there is stays, and whoever has another one waits.</summary>
internal sealed class DeadLettersFullException(long limit) : IOException(
    $"host.dead_letters.max_bytes ({limit} bytes) is reached; replay or discard some, the oldest first, or raise it");
