using AuditHost.Journal.Records;
using AuditHost.Journal.Storage;

namespace AuditHost.Journal;

/// <summary>Every cursor of a journal, those of destinations that are no longer configured among them: their events stay until somebody deletes them.</summary>
internal sealed class CursorSet : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Cursor> _cursors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lost = new(StringComparer.Ordinal);
    private readonly string _directory;
    private readonly IJournalStorage _storage;
    private Cursor[] _limited = [];

    public CursorSet(string directory, IJournalStorage storage)
    {
        _directory = directory;
        _storage = storage;
        storage.CreateDirectory(directory);

        // A process killed between making a cursor and syncing the folder leaves its name to chance: without it the destination would
        // begin anew at the head.
        storage.SyncDirectory(directory);
        try
        {
            foreach ((string name, CursorState state, TwoSlotFile? file) in OpenAll(directory, storage, writable: true))
            {
                if (file is not null)
                    _cursors.Add(name, Cursor.Found(name, file, state));
                else
                    _lost.Add(name);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// Begins to work with the cursors found: before, nothing was changed, so that a journal of a newer version can still be refused.
    /// One that nobody can read is reported even where no destination asks for it, since every event stays for it.
    /// </summary>
    public void Begin(RecordLog log)
    {
        foreach (Cursor cursor in All)
            cursor.Secure();
        foreach (string name in _lost)
            ReportLost(name, PathOf(name), log);
    }

    /// <summary>The states on disk, for status while no host runs. A cursor whose two slots are both damaged stands at 0.</summary>
    public static IReadOnlyList<(string Name, CursorState State)> Read(string directory, IJournalStorage storage)
    {
        var states = new List<(string, CursorState)>();
        foreach ((string name, CursorState state, TwoSlotFile? file) in OpenAll(directory, storage, writable: false))
        {
            file?.Dispose();
            states.Add((name, state));
        }

        return states;
    }

    /// <summary>The furthest any destination has come.</summary>
    public ulong Furthest => All.Select(cursor => cursor.State.Position).DefaultIfEmpty(1ul).Max();

    /// <summary>The first event that some destination still needs; a cursor nobody could read needs all of them.</summary>
    public ulong SyncedFloor
    {
        get
        {
            lock (_gate)
            {
                return _lost.Count > 0 ? 0 : _cursors.Values.Select(cursor => cursor.SyncedState.Position).DefaultIfEmpty(ulong.MaxValue).Min();
            }
        }
    }

    /// <summary>The names of cursors that nobody could read and no destination has opened.</summary>
    public IReadOnlyList<string> Lost
    {
        get
        {
            lock (_gate)
                return _lost.Count == 0 ? [] : [.. _lost];
        }
    }

    /// <summary>Those with a quota of their own.</summary>
    public Cursor[] Limited => Volatile.Read(ref _limited);

    public IReadOnlyList<Cursor> All
    {
        get
        {
            lock (_gate)
                return [.. _cursors.Values];
        }
    }

    /// <summary>The cursor of a destination: the one it has, a new one at the head, or one at the oldest event where its file is beyond reading.</summary>
    /// <param name="name">The destination.</param>
    /// <param name="log">The journal's log.</param>
    /// <param name="quota">How many bytes may wait for it before new events are refused.</param>
    public Cursor Open(string name, RecordLog log, long? quota)
    {
        Cursor cursor = Open(name, log);
        (cursor.IsServed, cursor.Quota) = (true, quota);
        lock (_gate)
            _limited = [.. _cursors.Values.Where(one => one.Quota is not null)];
        return cursor;
    }

    private Cursor Open(string name, RecordLog log)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (_gate)
        {
            if (_cursors.TryGetValue(name, out Cursor? known))
                return Checked(known, log);
        }

        string path = PathOf(name);
        bool lost;
        lock (_gate)
            lost = _lost.Contains(name);
        ulong start = lost ? log.FirstSequence : log.NextSequence;
        var state = new CursorState(start, start, 0, 0, 0, 0);
        Span<byte> content = stackalloc byte[Cursor.ContentLength];
        Cursor.Encode(state, content);
        if (lost)
            ReportLost(name, path, log);
        TwoSlotFile file = lost ? Renew(path, content) : Create(path, content);
        Cursor cursor = Cursor.Created(name, file, state);
        lock (_gate)
        {
            _lost.Remove(name);
            _cursors.Add(name, cursor);
        }

        return cursor;
    }

    /// <summary>Forgets a destination: its events may go.</summary>
    /// <returns><see langword="false"/> where it has no cursor.</returns>
    public bool Delete(string name)
    {
        lock (_gate)
        {
            if (!_cursors.ContainsKey(name) && !_lost.Contains(name))
                return false;
        }

        // It counts until it is gone for good, so that a deletion that failed can be ordered again.
        _storage.Delete(PathOf(name));
        _storage.SyncDirectory(_directory);
        Cursor? cursor;
        lock (_gate)
        {
            _lost.Remove(name);
            _cursors.Remove(name, out cursor);
            _limited = [.. _limited.Where(one => one != cursor)];
        }

        cursor?.Dispose();
        return true;
    }

    public void Sync()
    {
        foreach (Cursor cursor in All)
            cursor.Sync();
    }

    /// <summary>Tries again to write what the disk did not take of cursors that no lane works with.</summary>
    public void RenewUnserved()
    {
        foreach (Cursor cursor in All.Where(static cursor => !cursor.IsServed))
            cursor.Renew();
    }

    public void Dispose()
    {
        foreach (Cursor cursor in All)
            cursor.Dispose();
    }

    private TwoSlotFile Create(string path, ReadOnlySpan<byte> content)
    {
        // Every file of the folder is known. Another one is what a failing disk left of a cursor that could not be made, and would not delete.
        _storage.Delete(path);
        return TwoSlotFile.Create(_storage, path, Cursor.Magic, content);
    }

    private string PathOf(string name) => Path.Combine(_directory, CursorNames.FileNameOf(name));

    private void ReportLost(string name, string path, RecordLog log)
    {
        byte[] bytes = TwoSlotFile.BytesOf(_storage, path);
        log.Damage.Report(new DamageReport(path, 0, 0, 0, $"The cursor of '{name}' is damaged; it begins again at the oldest event.")
        {
            Length = bytes.Length,
            Bytes = bytes,
        });
    }

    /// <summary>Writes over a damaged file in place: without a file, a crash would make a new cursor of it, at the head.</summary>
    private TwoSlotFile Renew(string path, ReadOnlySpan<byte> content)
    {
        Span<byte> unreadable = stackalloc byte[Cursor.ContentLength];
        TwoSlotFile file = TwoSlotFile.Open(_storage, path, Cursor.Magic, writable: true, unreadable, out _);
        try
        {
            file.Rewrite(content);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private Cursor Checked(Cursor cursor, RecordLog log)
    {
        CursorState state = cursor.State;
        ulong next = log.NextSequence;
        if (state.Position > next)
        {
            log.Damage.Report(new DamageReport(PathOf(cursor.Name), 0, next, state.Position, $"The cursor of '{cursor.Name}' is ahead of the journal; it is set back to the head."));
            cursor.Write(new CursorState(next, next, 0, 0, 0, 0));
        }
        else if (state.Position < log.FirstSequence)
        {
            log.Damage.Report(new DamageReport(PathOf(cursor.Name), 0, state.Position, log.FirstSequence, $"Events that '{cursor.Name}' still needs are missing at the journal's start."));
        }

        return cursor;
    }

    private static IEnumerable<(string Name, CursorState State, TwoSlotFile? File)> OpenAll(string directory, IJournalStorage storage, bool writable)
    {
        foreach (StoredFile stored in storage.List(directory))
        {
            if (!CursorNames.TryParse(stored.Name, out string name))
                continue;
            byte[] content = new byte[Cursor.ContentLength];
            TwoSlotFile file = TwoSlotFile.Open(storage, Path.Combine(directory, stored.Name), Cursor.Magic, writable, content, out bool intact);
            if (intact)
            {
                yield return (name, Cursor.Decode(content), file);
                continue;
            }

            file.Dispose();
            yield return (name, default, null);
        }
    }
}
