using AuditHost.Lanes;

namespace AuditHost.Telemetry;

/// <summary>Gives every instrument of one reading of the meter the same moment's books, so that they balance in whatever order it asks.</summary>
internal sealed class BooksSnapshot(Site site)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _served = [];
    private LaneBooks[] _books = [];

    /// <summary>The books for an instrument. One that asks a second time begins another reading.</summary>
    public LaneBooks[] For(string instrument)
    {
        lock (_lock)
        {
            if (_books.Length == 0 || !_served.Add(instrument))
            {
                _books = [.. site.Lanes.Select(LaneBooks.Of)];
                _served.Clear();
                _served.Add(instrument);
            }

            return _books;
        }
    }
}
