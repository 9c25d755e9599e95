using AuditHost.Journal;

namespace AuditHost.Faults.Model;

/// <summary>What a correct store of dead letters may show: every letter that was taken and not taken off again, with its own bytes.</summary>
internal sealed class LetterModel
{
    private readonly HashSet<ulong> _open = [];
    private readonly HashSet<ulong> _inDoubt = [];
    private readonly HashSet<ulong> _resolved = [];

    /// <summary>The letters that must be there, by the number of their event.</summary>
    public IReadOnlyCollection<ulong> Open => _open;

    public void Add(IReadOnlyCollection<ulong> letters) => _open.UnionWith(letters);

    public void Resolve(IReadOnlyCollection<ulong> letters)
    {
        _open.ExceptWith(letters);
        _resolved.UnionWith(letters);
    }

    /// <summary>Letters that failed to be added or resolved: after a restart they are open or not.</summary>
    public void Doubt(IReadOnlyCollection<ulong> letters)
    {
        _open.ExceptWith(letters);
        _inDoubt.UnionWith(letters);
    }

    /// <summary>Takes what a disk lost that did not write what it was given, letters or their resolution, as far as the store says that something is.</summary>
    public void Forget(IReadOnlyCollection<ulong> shown, IReadOnlyList<DamageReport> reports)
    {
        JournalModel.Require(reports.Count > 0 || (_open.IsSubsetOf(shown) && !_resolved.Overlaps(shown)), "Letters are not as they were written, and nothing says so.");
        _open.IntersectWith(shown);
        _inDoubt.UnionWith(_resolved);
    }

    public void CheckAll(IReadOnlyCollection<ulong> shown)
    {
        ulong[] lost = [.. _open.Except(shown)];
        JournalModel.Require(lost.Length == 0, $"The letters of {string.Join(", ", lost)} are lost.");
        ulong[] invented = [.. shown.Except(_open).Except(_inDoubt)];
        JournalModel.Require(invented.Length == 0, $"The letters of {string.Join(", ", invented)} are open, though they never were or are resolved.");
        _open.UnionWith(shown);
        _inDoubt.Clear();
    }
}
