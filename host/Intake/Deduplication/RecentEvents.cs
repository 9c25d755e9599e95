using System.Runtime.InteropServices;
using AuditHost.Configuration.Options;

namespace AuditHost.Intake.Deduplication;

/// <summary>
/// The events of the last while, by fingerprint. Two generations: the younger takes what comes, and becomes the older when it is full
/// or as old as the window. So each event is known for a window at least, or for half of the events that are remembered at most.
/// </summary>
internal sealed class RecentEvents(DeduplicationOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly int _generationSize = Math.Max(1, options.MaxEvents / 2);
    private Dictionary<UInt128, Reservation> _younger = [];
    private Dictionary<UInt128, Reservation> _older = [];
    private long _bornAt = time.GetTimestamp();

    /// <summary>Reserves a request's events, or none of them where another request has one of them under way.</summary>
    /// <param name="fingerprints">The events; 0 for one that cannot be told from another and is always new.</param>
    /// <param name="mine">The request.</param>
    /// <param name="known">Set for each event that is durable already, or stands twice in the request.</param>
    /// <returns>The other request to wait for; <see langword="null"/> where the events are reserved.</returns>
    public Task? Reserve(ReadOnlySpan<UInt128> fingerprints, Reservation mine, Span<bool> known)
    {
        lock (_lock)
        {
            Turn();
            foreach (UInt128 fingerprint in fingerprints)
            {
                if (Find(fingerprint) is { IsPending: true } other)
                    return other.Completion;
            }

            for (int i = 0; i < fingerprints.Length; i++)
                known[i] = fingerprints[i] != 0 && !TryTake(fingerprints[i], mine);
            return null;
        }
    }

    /// <summary>Notes an event that the journal has.</summary>
    public void Add(UInt128 fingerprint)
    {
        lock (_lock)
        {
            Turn();
            _younger[fingerprint] = Reservation.OfJournal;
        }
    }

    private Reservation? Find(UInt128 fingerprint) =>
        _younger.TryGetValue(fingerprint, out Reservation? reservation) || _older.TryGetValue(fingerprint, out reservation) ? reservation : null;

    private bool TryTake(UInt128 fingerprint, Reservation mine)
    {
        if (_older.TryGetValue(fingerprint, out Reservation? older) && older.IsDurable)
            return false;
        ref Reservation? place = ref CollectionsMarshal.GetValueRefOrAddDefault(_younger, fingerprint, out bool exists);
        if (exists && (place!.IsDurable || ReferenceEquals(place, mine)))
            return false;
        place = mine;
        return true;
    }

    private void Turn()
    {
        if (_younger.Count < _generationSize && time.GetElapsedTime(_bornAt) < options.Window)
            return;
        (_younger, _older) = (_older, _younger);
        _younger.Clear();
        _bornAt = time.GetTimestamp();
    }
}
