using AuditHost.Delivery;

namespace AuditHost.Tests.Delivery;

/// <summary>Dead letters for tests.</summary>
internal static class Letters
{
    public static DeadLetter Of(string destination, ulong sequence, ReadOnlyMemory<byte>? original = null, Guid? assignedId = null) => new()
    {
        Destination = destination, Sequence = sequence, EventId = $"e{sequence}", EventType = "T", AssignedId = assignedId,
        Cause = DeathCause.Rejected, Reason = "no", Attempts = 1,
        ReceivedAt = DateTimeOffset.UnixEpoch, FirstAttemptAt = DateTimeOffset.UnixEpoch, DiedAt = DateTimeOffset.UnixEpoch,
        Plugin = "p 1.0", Revision = "r", Original = original ?? "{}"u8.ToArray(), Sent = default,
    };
}
