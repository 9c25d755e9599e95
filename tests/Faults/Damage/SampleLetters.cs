using AuditHost.Delivery;

namespace AuditHost.Faults.Damage;

/// <summary>What the dead letters of a sample directory say, record by record.</summary>
internal sealed class SampleLetters
{
    public const string Destination = "siem";

    private readonly List<(ulong Id, ulong Letter, ulong[] Resolved)> _entries = [];

    public ulong Next => (ulong)_entries.Count + 1;

    public DeadLetter Letter(ulong sequence)
    {
        _entries.Add((Next, sequence, []));
        return LetterOf(sequence);
    }

    public ulong[] Resolve(params ulong[] ids)
    {
        _entries.Add((Next, 0, ids));
        return ids;
    }

    /// <summary>The letters open where only some records are left: by id, the event they are about.</summary>
    public SortedDictionary<ulong, ulong> Open(Func<ulong, bool> survives)
    {
        var open = new SortedDictionary<ulong, ulong>();
        foreach ((ulong id, ulong letter, ulong[] resolved) in _entries)
        {
            if (!survives(id))
                continue;
            if (letter > 0)
                open.Add(id, letter);
            foreach (ulong gone in resolved)
                open.Remove(gone);
        }

        return open;
    }

    public static DeadLetter LetterOf(ulong sequence) => new()
    {
        Destination = Destination,
        Sequence = sequence,
        EventId = $"e-{sequence}",
        EventType = "Test",
        Cause = DeathCause.Rejected,
        Reason = "No.",
        Attempts = 1,
        ReceivedAt = DateTimeOffset.UnixEpoch,
        FirstAttemptAt = DateTimeOffset.UnixEpoch,
        DiedAt = DateTimeOffset.UnixEpoch,
        Plugin = "test",
        Revision = "1",
        Original = SampleEvents.Json(sequence, (int)sequence),
        Sent = default,
    };
}
