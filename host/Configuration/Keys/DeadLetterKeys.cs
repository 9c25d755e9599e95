using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Keys;

/// <summary><c>host.dead_letters</c>.</summary>
internal static class DeadLetterKeys
{
    public static readonly ScalarKey<long> MaxBytes = new(
        "max_bytes", Kinds.Size(1 << 20, 1L << 50), "What the dead letters of all destinations may take on disk.");
    public static readonly ScalarKey<FullPolicy> OnFull = new(
        "on_full",
        Kinds.Choice(("block", FullPolicy.Block), ("drop_oldest", FullPolicy.DropOldest)),
        "When there would be more: block lets a destination that has another one wait until some are replayed or discarded, drop_oldest gives up the oldest, with a record.");

    public static readonly KeySet Set = new(MaxBytes, OnFull);
}
