using AuditHost.Journal.Quarantine;
using AuditHost.Journal.Records;
using AuditHost.Journal.Storage;

namespace AuditHost.Journal;

/// <summary>Reads the journal of a host that is not running. Changes nothing on disk.</summary>
internal sealed class JournalReader : IDisposable
{
    private readonly RecordLog _log;
    private readonly BlockLoader _loader;

    internal JournalReader(string directory, IJournalStorage storage, TimeProvider time)
    {
        _log = RecordLog.Open(directory, new RecordLogOptions { ReadOnly = true }, storage, time);
        _loader = new BlockLoader(_log, new BlockPool(0));
        Quarantine = QuarantineSummary.Read(directory, storage);
        Cursors = CursorSet.Read(Path.Combine(directory, EventJournal.CursorFolder), storage);
    }

    public Guid LogId => _log.LogId;

    public ulong FirstSequence => _log.FirstSequence;

    public ulong NextSequence => _log.NextSequence;

    public long BytesOnDisk => _log.BytesOnDisk;

    public int SegmentCount => _log.Segments.Count;

    /// <summary>Where each destination was; all zeros for one whose cursor is damaged.</summary>
    public IReadOnlyList<(string Name, CursorState State)> Cursors { get; }

    /// <inheritdoc cref="EventJournal.Quarantine"/>
    public QuarantineSummary? Quarantine { get; }

    public IReadOnlyList<DamageReport> Damage => _log.Damage.Reports;

    /// <inheritdoc cref="EventJournal.BytesFrom"/>
    public long BytesFrom(ulong sequence) => _log.BytesFrom(sequence);

    /// <inheritdoc cref="EventJournal.TryRead"/>
    public EventBlock? TryRead(ulong sequence) => _loader.TryLoad(sequence);

    public void Dispose() => _log.Dispose();
}
