namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>
/// Which events are counted, by their places in the journal: as stretches, since most of them follow each other. So an event that comes again
/// is known, in whatever order the lane and replays bring them. What does not lie in a stretch was not counted; where there are too many
/// stretches, those farthest from the events of now are forgotten.
/// </summary>
/// <param name="most">The most stretches that are kept; twice as many as a batch has events, so that none of the batch at hand is forgotten.</param>
internal sealed class CountedEvents(int most)
{
    private readonly List<(ulong First, ulong Last)> _stretches = [];

    /// <summary>Adds an event.</summary>
    /// <param name="place">Its place in the journal.</param>
    /// <returns>Whether it was not there yet.</returns>
    public bool TryAdd(ulong place)
    {
        int next = NextOf(place);
        if (next > 0 && _stretches[next - 1].Last >= place)
            return false;
        bool isAfterFormer = next > 0 && _stretches[next - 1].Last == place - 1;
        bool isBeforeNext = next < _stretches.Count && _stretches[next].First == place + 1;
        if (isAfterFormer)
        {
            _stretches[next - 1] = (_stretches[next - 1].First, isBeforeNext ? _stretches[next].Last : place);
            if (isBeforeNext)
                _stretches.RemoveAt(next);
        }
        else if (isBeforeNext)
        {
            _stretches[next] = (place, _stretches[next].Last);
        }
        else
        {
            _stretches.Insert(Forget(next), (place, place));
        }

        return true;
    }

    /// <summary>The first stretch behind a place. Nearly all events come at the end.</summary>
    private int NextOf(ulong place)
    {
        if (_stretches.Count == 0 || _stretches[^1].First <= place)
            return _stretches.Count;
        int low = 0, high = _stretches.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_stretches[middle].First <= place)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Makes room for one more. Several go at once: what is moved for it costs little an event then.</summary>
    /// <returns>Where the one for which there shall be room belongs now.</returns>
    private int Forget(int next)
    {
        if (_stretches.Count < most)
            return next;
        int forgotten = most / 4;
        bool isNearTheEnd = next > most / 2;
        _stretches.RemoveRange(isNearTheEnd ? 0 : most - forgotten, forgotten);
        return isNearTheEnd ? next - forgotten : next;
    }
}
