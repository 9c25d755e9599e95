using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Journal.Quarantine;
using AuditHost.Journal.Records;
using AuditHost.Journal.Storage;

namespace AuditHost.Journal;

/// <summary>
/// The durable log of events. Appends are grouped: one write and one fdatasync for whatever has come in meanwhile, and every
/// sender is answered after it. Each event is held once, however many destinations read it.
/// </summary>
internal sealed class EventJournal : IEventSink, IAsyncDisposable
{
    internal const string CursorFolder = "cursors";

    /// <summary>The most bytes of one request, with what frames its events: they become one frame, which is written in one piece.</summary>
    internal const long LargestBatch = 256L << 20;

    /// <summary>
    /// What free blocks may keep: some of the largest usual groups, and the pages that twenty lagging lanes give back and take, so that a steady load
    /// allocates nothing. With less, what does not fit becomes garbage, which takes more memory than this.
    /// </summary>
    private const long PooledBytes = 32L << 20;

    private readonly RecordLog _log;
    private readonly CursorSet _cursors;
    private readonly DamageQuarantine _quarantine;
    private readonly AppendQueue _queue;
    private readonly BlockPool _pool = new(PooledBytes);
    private readonly EventTail _tail;
    private readonly HeadSignal _head = new();
    private readonly BlockLoader _loader;
    private readonly LoadedBlocks _loaded = new();
    private readonly SpaceKeeper _space;
    private readonly Committer _committer;
    private readonly JournalSyncer _syncer;
    private readonly Scrubber _scrubber;
    private int _disposed;

    private EventJournal(string directory, JournalOptions options, IJournalStorage storage, TimeProvider time, ICommitThread thread)
    {
        MaxBytes = options.MaxBytes;
        storage.CreateDirectory(directory);
        _cursors = new CursorSet(Path.Combine(directory, CursorFolder), storage);
        try
        {
            var logOptions = new RecordLogOptions
            {
                SegmentBytes = options.EffectiveSegmentBytes,
                LowestNextSequence = _cursors.Furthest,
            };
            _log = RecordLog.Open(directory, logOptions, storage, time);
            _cursors.Begin(_log);
            _quarantine = new DamageQuarantine(directory, storage, time, _log.Damage);
            _quarantine.Load();
        }
        catch
        {
            _log?.Dispose();
            _cursors.Dispose();
            throw;
        }

        _queue = new AppendQueue(thread.Wake);
        _tail = new EventTail(options.TailBytes);
        _loader = new BlockLoader(_log, _pool);
        var clock = new ReceiptClock(time, _log.NextSequence);
        _space = new SpaceKeeper(directory, _log, _cursors, _quarantine, options, storage, clock, time);
        _committer = new Committer(_log, _queue, thread, _pool, _tail, _head, _space, _quarantine, clock);
        thread.Start(_committer.Work);
        _syncer = new JournalSyncer(_log, _cursors, _quarantine, _queue, time);
        _scrubber = new Scrubber(_log, options.Scrub, time);
    }

    /// <summary>Opens or creates the journal in a folder, recovering what a crash left. The folder's lock is the caller's.</summary>
    /// <exception cref="JournalFormatException">A newer version wrote it; its files were not touched.</exception>
    public static EventJournal Open(string directory, JournalOptions options, TimeProvider time) =>
        Open(directory, options, time, DiskStorage.Instance);

    /// <inheritdoc cref="Open(string, JournalOptions, TimeProvider)"/>
    public static EventJournal Open(
        string directory, JournalOptions options, TimeProvider time, IJournalStorage storage, ICommitThread? thread = null) =>
        new(directory, options, storage, time, thread ?? new CommitThread());

    /// <summary>Looks at the journal of a host that is not running, changing nothing.</summary>
    public static JournalReader OpenReadOnly(string directory) => new(directory, DiskStorage.Instance, TimeProvider.System);

    /// <summary>Where each destination was, from the files alone.</summary>
    public static IReadOnlyList<(string Name, CursorState State)> ReadCursors(string directory) =>
        CursorSet.Read(Path.Combine(directory, CursorFolder), DiskStorage.Instance);

    /// <summary>Names this journal for ever; part of every delivery key.</summary>
    public Guid LogId => _log.LogId;

    /// <summary>The oldest event still there.</summary>
    public ulong FirstSequence => _log.FirstSequence;

    /// <summary>The sequence number the next event will get.</summary>
    public ulong NextSequence => _log.NextSequence;

    public long BytesOnDisk => _log.BytesOnDisk;

    /// <summary>The most that it may take on disk.</summary>
    public long MaxBytes { get; }

    public int SegmentCount => _log.Segments.Count;

    /// <summary>Groups written since the start.</summary>
    public long Commits => _committer.Commits;

    public long EventsAppended => _committer.EventsAppended;

    /// <summary>The bytes of the events appended since the start, as received.</summary>
    public long BytesAppended => _committer.BytesAppended;

    /// <summary>How long the last group's write and sync took.</summary>
    public TimeSpan LastSyncDuration => _log.LastSyncDuration;

    /// <summary>Whether the last append was refused for want of space.</summary>
    public bool IsFull => _space.IsFull;

    /// <summary>What is wrong with the disk now; <see langword="null"/> once it works again.</summary>
    public string? Failure => _committer.Failure ?? _cursors.All.Select(cursor => cursor.Failure).FirstOrDefault(failure => failure is not null);

    /// <summary>When all sealed segments were last read again; <see langword="null"/> where they were not since the start.</summary>
    public DateTimeOffset? LastScrub => _scrubber.LastPass;

    /// <summary>What was found damaged since the start.</summary>
    public DamageLog Damage => _log.Damage;

    /// <summary>What was found damaged and is kept for a look, by earlier starts too; <see langword="null"/> where nothing is.</summary>
    public QuarantineSummary? Quarantine => _quarantine.Summary;

    /// <summary>The cursors of all destinations, configured or not.</summary>
    public IReadOnlyList<Cursor> Cursors => _cursors.All;

    /// <summary>Names of cursors beyond reading that no destination of the site has.</summary>
    public IReadOnlyList<string> LostCursors => _cursors.Lost;

    internal BlockPool Pool => _pool;

    /// <summary>Makes the batch durable as a whole. The batch is the journal's until the append has ended.</summary>
    /// <exception cref="JournalFullException">Nothing was taken; try again later.</exception>
    /// <exception cref="JournalFailedException">Nothing was taken; the disk failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before it was written; once writing has begun it runs to its end.</exception>
    public ValueTask<AppendReceipt> AppendAsync(IntakeBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfZero(batch.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(AppendQueue.SizeOf(batch), LargestBatch, nameof(batch));
        return _queue.Enqueue(batch, cancellationToken);
    }

    /// <summary>
    /// Reads the block that holds an event, from memory near the head and from disk otherwise. The block may begin before the event;
    /// it begins after it where the events between are gone (deleted by retention, or damaged), and is empty where all up to the
    /// head are.
    /// </summary>
    /// <returns><see langword="null"/> where the event is still to come.</returns>
    public EventBlock? TryRead(ulong sequence)
    {
        EventBlock? block = _tail.TryGet(sequence) ?? _loaded.TryGet(sequence);
        if (block is not null)
            return block;
        block = _loader.TryLoad(sequence);
        return block is null ? null : _loaded.Share(block);
    }

    /// <summary>Ends when the event is there to be read.</summary>
    public async ValueTask WaitForAsync(ulong sequence, CancellationToken cancellationToken)
    {
        while (sequence >= _log.NextSequence)
        {
            Task moved = _head.NextMove();
            if (sequence < _log.NextSequence)
                return;
            await moved.InContext().WaitAsync(cancellationToken);
        }
    }

    /// <summary>Opens a destination's cursor; a new one begins at the head, a damaged one at the oldest event.</summary>
    /// <param name="destination">Whose.</param>
    /// <param name="quota">How many bytes may wait for it before new events are refused; without it only the journal's limit counts.</param>
    public Cursor OpenCursor(string destination, long? quota = null) => _cursors.Open(destination, _log, quota);

    /// <summary>What lies between an event and the head, in bytes; of the segment it stands in its share by number of events.</summary>
    public long BytesFrom(ulong sequence) => _log.BytesFrom(sequence);

    /// <summary>The oldest beginning of a segment from which on no more than so many bytes lie before the head; that of the last where none.</summary>
    public ulong OldestWithin(long bytes) => _log.OldestWithin(bytes);

    /// <summary>Forgets a destination, so that retention no longer waits for it.</summary>
    /// <returns><see langword="false"/> where it has no cursor.</returns>
    public bool DeleteCursor(string destination) => _cursors.Delete(destination);

    /// <summary>Asks for a look at retention now instead of within the minute; it happens before the next group.</summary>
    public void Maintain() => _queue.RequestMaintenance();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _queue.Close();
        await _committer.Ended;
        _head.Close();
        await _scrubber.DisposeAsync();
        await _syncer.DisposeAsync();
        _quarantine.Keep();
        _tail.Dispose();
        _cursors.Dispose();
        _log.Dispose();
    }
}
