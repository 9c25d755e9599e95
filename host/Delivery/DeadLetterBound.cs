using AuditHost.Configuration.Options;
using AuditHost.Lanes.Drops;

namespace AuditHost.Delivery;

/// <summary>How much the dead letters may take on disk, and the record of those that made room.</summary>
internal sealed class DeadLetterBound(DeadLetterOptions options, DropLog drops, TimeProvider time)
{
    public DeadLetterOptions Options => options;

    /// <summary>A crash came between the record of letters and their end: they are still open, from the oldest on.</summary>
    public void TakeBack(string destination, ulong oldestOpen) =>
        drops.Retract(new DropRetraction(destination, DropReason.DeadLetters, oldestOpen));

    /// <summary>Makes the end of a destination's letters durable before it comes.</summary>
    /// <exception cref="IOException">The disk does not take the record now; the letters stay.</exception>
    public void Record(string destination, IReadOnlyList<ulong> ids, long bytes)
    {
        var drop = new DropRecord
        {
            Destination = destination,
            Reason = DropReason.DeadLetters,
            First = ids[0],
            End = ids[^1] + 1,
            Events = (ulong)ids.Count,
            Bytes = bytes,
            At = time.GetUtcNow(),
        };
        if (!drops.TryRecord(drop, inevitable: false))
            throw new IOException("The record of dead letters that must make room cannot be written");
    }
}
