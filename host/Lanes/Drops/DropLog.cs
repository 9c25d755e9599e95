using System.Text.Json;
using AuditHost.Journal.Records;
using AuditHost.Journal.Storage;
using Microsoft.Extensions.Logging;

namespace AuditHost.Lanes.Drops;

/// <summary>
/// What was given up, and why: a log of its own in the journal's format, within a bound. Where the disk does not take a record now, it
/// is kept in memory and written with the next one; the destinations' books and the host's log tell of the drop in any case.
/// </summary>
internal sealed class DropLog : IDisposable
{
    /// <summary>Some ten thousand records.</summary>
    private const long LargestLog = 4 << 20;

    private const int SegmentBytes = 256 << 10;

    private readonly Lock _turn = new();
    private readonly RecordLog _log;
    private readonly RecordPage _page = new();
    private readonly DropIndex _index = new();
    private readonly Dictionary<(string, DropReason), DropRecord> _unwritten = [];
    private readonly Dictionary<(string Destination, DropReason Reason), ulong> _totals = [];
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _largest;

    private DropLog(RecordLog log, TimeProvider time, ILogger logger, long largest)
    {
        _log = log;
        _time = time;
        _logger = logger;
        _largest = largest;
    }

    /// <summary>Opens or creates the log of a folder.</summary>
    public static DropLog Open(
        string directory, IJournalStorage storage, TimeProvider time, ILogger logger, bool readOnly = false, int segmentBytes = SegmentBytes, long largest = LargestLog)
    {
        var log = RecordLog.Open(directory, new RecordLogOptions { ReadOnly = readOnly, SegmentBytes = segmentBytes }, storage, time);
        var drops = new DropLog(log, time, logger, largest);
        try
        {
            drops.Load();
            return drops;
        }
        catch
        {
            drops.Dispose();
            throw;
        }
    }

    /// <summary>The drops that are on record, oldest first.</summary>
    public IReadOnlyList<DropRecord> Records
    {
        get
        {
            lock (_turn)
                return [.. _index.All, .. _unwritten.Values];
        }
    }

    /// <summary>How many records wait for the disk.</summary>
    public int Unwritten
    {
        get
        {
            lock (_turn)
                return _unwritten.Count;
        }
    }

    /// <summary>Events given up since the host's start.</summary>
    public IReadOnlyList<(string Destination, DropReason Reason, ulong Events)> Totals
    {
        get
        {
            lock (_turn)
                return [.. _totals.Select(total => (total.Key.Destination, total.Key.Reason, total.Value))];
        }
    }

    /// <summary>Sets space aside, so that a drop can be recorded when the volume is full.</summary>
    public void Prepare()
    {
        try
        {
            _log.Prepare();
        }
        catch (IOException exception)
        {
            _logger.LogWarning("No space could be set aside for the record of dropped events: {Reason}", exception.Message);
        }
    }

    /// <summary>Makes a drop durable before it is carried out.</summary>
    /// <param name="drop">The drop.</param>
    /// <param name="inevitable">Whether it is carried out even where the disk does not take the record: then that is written later.</param>
    /// <returns><see langword="false"/> where the disk does not take it now.</returns>
    public bool TryRecord(DropRecord drop, bool inevitable)
    {
        lock (_turn)
        {
            bool written = TryWrite([.. _unwritten.Values.Select(static waiting => new DropEntry(waiting)), new DropEntry(drop)]);
            (string, DropReason) kind = (drop.Destination, drop.Reason);
            if (written)
                _unwritten.Clear();
            else if (inevitable)
                _unwritten[kind] = _unwritten.TryGetValue(kind, out DropRecord? earlier) ? earlier.With(drop) : drop;
            if (written || inevitable)
                _totals[kind] = _totals.GetValueOrDefault(kind) + drop.Events;
            return written;
        }
    }

    /// <summary>Writes what the disk did not take before.</summary>
    public void Retry()
    {
        lock (_turn)
        {
            if (_unwritten.Count > 0 && TryWrite([.. _unwritten.Values.Select(static waiting => new DropEntry(waiting))]))
                _unwritten.Clear();
        }
    }

    /// <summary>A crash came between a record and what it says: the events are still there, and the record must not claim otherwise.</summary>
    public void Retract(DropRetraction retraction)
    {
        lock (_turn)
        {
            if (_index.Holds(retraction))
                TryWrite([new DropEntry(Retraction: retraction)]);
        }
    }

    public void Dispose() => _log.Dispose();

    private bool TryWrite(DropEntry[] entries)
    {
        try
        {
            ulong id = _log.NextSequence;
            FrameWriter frame = _log.Begin(_page);
            foreach (DropEntry entry in entries)
                frame.AddEvent(JsonSerializer.SerializeToUtf8Bytes(entry, DropJson.Default.DropEntry), _time.GetUtcNow().UtcTicks);
            frame.End();
            _log.Append(_page);
            foreach (DropEntry entry in entries)
                _index.Apply(id++, entry);
        }
        catch (IOException exception)
        {
            _logger.LogError("The record of dropped events cannot be written now: {Reason}", exception.Message);
            return false;
        }

        KeepBound();
        return true;
    }

    private void KeepBound()
    {
        try
        {
            _log.Prepare();
            _log.SyncMark();
            long remaining = _log.BytesOnDisk;
            _log.DeleteBefore(_log.NextSequence, (segment, _) =>
            {
                bool mayGo = remaining > _largest;
                remaining -= segment.Length;
                return mayGo;
            });
        }
        catch (IOException)
        {
            // The record is durable all the same; the next one tries again.
        }

        _index.ForgetBefore(_log.FirstSequence);
    }

    private void Load()
    {
        var page = new RecordPage();
        for (ulong id = _log.FirstSequence; _log.TryRead(id, page); id = page.NextSequence)
        {
            foreach (ref readonly RecordSlice record in page.Records)
            {
                if (JsonSerializer.Deserialize(page.PayloadOf(record).Span, DropJson.Default.DropEntry) is { } entry)
                    _index.Apply(record.Sequence, entry);
            }
        }
    }
}
