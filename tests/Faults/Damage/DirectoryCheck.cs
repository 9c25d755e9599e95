using AuditHost.Faults.Model;
using AuditHost.Journal;

namespace AuditHost.Faults.Damage;

/// <summary>What one thread checks damaged copies of a sample directory with.</summary>
internal sealed class DirectoryCheck(SampleDirectory sample)
{
    private long _cursorOpenings;

    public LogCheck Log { get; } = new(sample.Events);

    public LetterCheck Letters { get; } = new(sample.LetterEntries);

    public long Openings => Log.Openings + Letters.Openings + _cursorOpenings;

    /// <summary>Every cursor stands where its newer slot says, or the older one where the newer is damaged.</summary>
    public void Cursors(MemoryStorage disk, string damaged, int slot)
    {
        _cursorOpenings++;
        using var cursors = new CursorSet(SampleDirectory.Cursors, disk);
        foreach ((string name, (CursorState older, CursorState newer)) in sample.CursorStates)
        {
            string path = $"{SampleDirectory.Cursors}/{name}.cursor";
            CursorState expected = path == damaged && slot == sample.NewerSlotOf(path) ? older : newer;
            CursorState? state = cursors.All.SingleOrDefault(cursor => cursor.Name == name)?.State;
            if (state != expected)
                throw new ModelViolationException($"The cursor of {name} stands at {state}, not at {expected}.");
        }
    }
}
