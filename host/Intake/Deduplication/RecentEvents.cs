using System.Runtime.InteropServices;
using AuditHost.Configuration.Options;

namespace AuditHost.Intake.Deduplication;

/// <summary>
/// The events of the last while, by fingerprint. Two generations: the younger takes what comes, and becomes the older when it is full
/// or as old as the window. So each event is known for a window at least, or for half of the events that are remembered at most.
/// </summary>
internal sealed class RecentEvents
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _window;
    private readonly int _generationSize;
    private readonly TimeProvider _time;
    private Dictionary<UInt128, Reservation> _younger;
    private Dictionary<UInt128, Reservation> _older;
    private long _bornAt;

    public RecentEvents(DeduplicationOptions options, TimeProvider time)
    {
        _window = options.Window;
        _generationSize = options.Generation;
        _time = time;
        _bornAt = time.GetTimestamp();

        // At its full size from the start: growing would stop every sender for the copying. Memory is used as it fills.
        _younger = new Dictionary<UInt128, Reservation>(_generationSize);
        _older = new Dictionary<UInt128, Reservation>(_generationSize);
    }

    /// <summary>Reserves a request's events, or none of them where another request has one of them under way.</summary>
    /// <param name="fingerprints">The events; 0 for one that cannot be told from another and is always new.</param>
    /// <param name="mine">The request.</param>
    /// <param name="known">Set for each event that is durable already, or stands twice in the request.</param>
    /// <returns>The other request to wait for; <see langword="null"/> where the events are reserved.</returns>
    public Task? Reserve(ReadOnlySpan<UInt128> fingerprints, Reservation mine, Span<bool> known)
    {
        known.Clear();
        lock (_lock)
        {
            Turn();
            for (int i = 0; i < fingerprints.Length; i++)
            {
                if (fingerprints[i] == 0 || HolderOf(fingerprints[i], mine) is not { } holder)
                    continue;
                if (holder.IsPending && holder != mine)
                {
                    GiveBack(fingerprints[..i], known);
                    return holder.Completion;
                }

                known[i] = true;
            }

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

    /// <summary>Whose an event is; <see langword="null"/> where it was nobody's and is now the request's.</summary>
    private Reservation? HolderOf(UInt128 fingerprint, Reservation mine)
    {
        if (_older.TryGetValue(fingerprint, out Reservation? older) && older is { IsPending: true } or { IsDurable: true })
            return older;
        ref Reservation? place = ref CollectionsMarshal.GetValueRefOrAddDefault(_younger, fingerprint, out _);
        if (place is { IsPending: true } or { IsDurable: true })
            return place;
        place = mine;
        return null;
    }

    private void GiveBack(ReadOnlySpan<UInt128> fingerprints, ReadOnlySpan<bool> known)
    {
        for (int i = 0; i < fingerprints.Length; i++)
        {
            if (!known[i])
                _younger.Remove(fingerprints[i]);
        }
    }

    private void Turn()
    {
        if (_younger.Count < _generationSize && _time.GetElapsedTime(_bornAt) < _window)
            return;
        (_younger, _older) = (_older, _younger);
        _younger.Clear();
        _bornAt = _time.GetTimestamp();
    }
}
