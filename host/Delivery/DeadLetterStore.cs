using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Journal.Quarantine;
using AuditHost.Journal.Records;
using AuditHost.Journal.Storage;

namespace AuditHost.Delivery;

/// <summary>
/// The dead letters of all destinations, in a log of their own with the journal's format and its guarantees. A letter's id is its
/// record's number. A segment goes once none of its letters is open any more.
/// </summary>
internal sealed class DeadLetterStore : IDeadLetterSink, IDisposable
{
    private readonly RecordLog _log;
    private readonly DamageQuarantine _quarantine;
    private readonly DeadLetterIndex _index = new();
    private readonly RecordPage _page = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TimeProvider _time;
    private readonly DeadLetterBound? _bound;

    private DeadLetterStore(RecordLog log, DamageQuarantine quarantine, TimeProvider time, DeadLetterBound? bound)
    {
        _log = log;
        _quarantine = quarantine;
        _time = time;
        _bound = bound;
    }

    /// <summary>Tells how many letters of a destination were dropped to make room.</summary>
    public event Action<string, int>? Dropped;

    /// <summary>What was found damaged.</summary>
    public DamageLog Damage => _log.Damage;

    /// <inheritdoc cref="EventJournal.Quarantine"/>
    public QuarantineSummary? Quarantine => _quarantine.Summary;

    /// <summary>Letters that wait for an operator.</summary>
    public int Count => _index.Count;

    public int CountOf(string destination) => _index.CountOf(destination);

    /// <summary>The open letters of a destination whose events lie before a sequence number.</summary>
    public int CountBefore(string destination, ulong sequence) => _index.CountBefore(destination, sequence);

    /// <summary>How a destination's letters were resolved, as far as the log still says so; the latest first.</summary>
    public IReadOnlyList<ResolvedRun> Resolved(string destination) => _index.Resolved(destination);

    /// <summary>Opens or creates the store; its index is read from the log.</summary>
    public static DeadLetterStore Open(string directory, IJournalStorage storage, TimeProvider time, bool readOnly = false) =>
        Open(directory, storage, time, new RecordLogOptions { ReadOnly = readOnly });

    /// <inheritdoc cref="Open(string, IJournalStorage, TimeProvider, bool)"/>
    public static DeadLetterStore Open(string directory, IJournalStorage storage, TimeProvider time, DeadLetterBound bound)
    {
        DeadLetterStore store = Open(directory, storage, time, new RecordLogOptions { SegmentBytes = bound.Options.SegmentBytes }, bound);
        foreach ((string destination, ulong[] ids) in store._index.OpenBefore(ulong.MaxValue))
            bound.TakeBack(destination, ids[0]);
        return store;
    }

    /// <inheritdoc cref="Open(string, IJournalStorage, TimeProvider, bool)"/>
    public static DeadLetterStore Open(string directory, IJournalStorage storage, TimeProvider time, RecordLogOptions options, DeadLetterBound? bound = null)
    {
        var log = RecordLog.Open(directory, options, storage, time);
        var quarantine = new DamageQuarantine(directory, storage, time, log.Damage);
        var store = new DeadLetterStore(log, quarantine, time, bound);
        try
        {
            foreach ((ulong id, DeadLetterEntry entry) in store.ReadFrom(log.FirstSequence))
                store._index.Apply(id, entry);
            if (!options.ReadOnly)
            {
                quarantine.Load();
                quarantine.Keep();
            }

            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public async ValueTask AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            DeadLetterEntry[] entries = [.. letters.Select(letter => new DeadLetterEntry(Letter: letter))];
            MakeRoom(entries);
            Write(entries);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes letters off the list, durably.</summary>
    /// <returns>Those that were on it until now: what the books may be corrected by, however many orders meet the same letter.</returns>
    public async ValueTask<IReadOnlyList<ulong>> ResolveAsync(
        IReadOnlyList<ulong> ids, DeadLetterOutcome outcome, string? target, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ulong[] open = [.. ids.Distinct().Where(_index.IsOpen)];
            if (open.Length > 0)
                Write([new DeadLetterEntry(Resolution: new DeadLetterResolution(open, outcome, target, _time.GetUtcNow()))]);
            return open;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes back a destination's letters of events that its cursor is not past: they are tried again.</summary>
    public async ValueTask WithdrawAsync(string destination, ulong from)
    {
        if (_index.IdsFrom(destination, from) is { Length: > 0 } ids)
            await ResolveAsync(ids, DeadLetterOutcome.Withdrawn, null, CancellationToken.None);
    }

    /// <summary>The open letters, oldest first, read from disk as they are asked for.</summary>
    public IEnumerable<DeadLetter> Letters()
    {
        foreach (ulong id in _index.OpenIds())
        {
            if (Find(id) is { } letter)
                yield return letter;
        }
    }

    /// <returns><see langword="null"/> where there is no such open letter.</returns>
    public DeadLetter? Find(ulong id)
    {
        if (!_index.IsOpen(id))
            return null;
        (ulong found, DeadLetterEntry? entry) = ReadFrom(id).FirstOrDefault();
        return found == id && entry?.Letter is { } letter ? letter with { Id = id } : null;
    }

    public void Dispose()
    {
        _log.Dispose();
        _turn.Dispose();
    }

    private void MakeRoom(DeadLetterEntry[] entries)
    {
        if (_bound is not { Options: var options })
            return;
        while (_log.BytesOnDisk + entries.Sum(SizeOf) > options.MaxBytes)
        {
            if (options.OnFull == FullPolicy.Block)
                throw new DeadLettersFullException(options.MaxBytes);
            if (_log.Segments is not [var oldest, var next, ..])
                return;
            DropBefore(next.FirstSequence, oldest.Length, options);
        }
    }

    private void DropBefore(ulong end, long bytes, DeadLetterOptions options)
    {
        (string Destination, ulong[] Ids)[] open = _index.OpenBefore(end);
        foreach ((string destination, ulong[] ids) in open)
            _bound!.Record(destination, ids, bytes);
        Write([new DeadLetterEntry(Resolution: new DeadLetterResolution([.. open.SelectMany(static group => group.Ids)], DeadLetterOutcome.Dropped, null, _time.GetUtcNow()))]);
        foreach ((string destination, ulong[] ids) in open)
            Dropped?.Invoke(destination, ids.Length);
        if (_log.FirstSequence < end)
            throw new IOException($"The oldest dead letters could not be deleted, and host.dead_letters.max_bytes ({options.MaxBytes} bytes) is reached");
    }

    /// <summary>Bytes are written as base64; the rest is short.</summary>
    private static long SizeOf(DeadLetterEntry entry) =>
        entry.Letter is { } letter ? ((letter.Original.Length + letter.Sent.Length) * 4L / 3) + (2L * (letter.Response?.Length ?? 0)) + 1024 : 0;

    private void Write(DeadLetterEntry[] entries)
    {
        ulong id = _log.NextSequence;
        FrameWriter frame = _log.Begin(_page);
        foreach (DeadLetterEntry entry in entries)
            frame.AddEvent(JsonSerializer.SerializeToUtf8Bytes(entry, DeadLetterJson.Default.DeadLetterEntry), _time.GetUtcNow().UtcTicks);
        frame.End();
        _log.Append(_page);
        foreach (DeadLetterEntry entry in entries)
            _index.Apply(id++, entry);
        try
        {
            _log.SyncMark();
            _quarantine.Keep();
            _log.DeleteBefore(_index.OldestOpen ?? id, static (_, _) => true);
        }
        catch (IOException)
        {
            // The entries are durable all the same; files that stay behind are read again at the next opening and go then.
        }
    }

    private IEnumerable<(ulong Id, DeadLetterEntry Entry)> ReadFrom(ulong id)
    {
        var page = new RecordPage();
        while (_log.TryRead(id, page))
        {
            for (int i = 0; i < page.Count; i++)
            {
                RecordSlice record = page.Records[i];
                if (JsonSerializer.Deserialize(page.PayloadOf(record).Span, DeadLetterJson.Default.DeadLetterEntry) is { } entry)
                    yield return (record.Sequence, entry);
            }

            id = page.NextSequence;
        }
    }
}
