using System.Buffers.Binary;
using AuditHost.Delivery;
using AuditHost.Faults.Disk;
using AuditHost.Faults.Model;
using AuditHost.Journal;
using AuditHost.Journal.Records;

namespace AuditHost.Faults.Damage;

/// <summary>A sound data directory, written by the host's own code, with everything known that it holds.</summary>
internal sealed class SampleDirectory
{
    public const string Journal = "/data/journal";
    public const string Cursors = Journal + "/" + EventJournal.CursorFolder;
    public const string Letters = "/data/dead-letters";
    public const string Mark = Journal + "/" + HighWaterMark.FileName;
    public const string LettersMark = Letters + "/" + HighWaterMark.FileName;

    /// <summary>Beyond this a segment is filled up with frames of several events.</summary>
    private const int LastFrameAtMost = 1200;

    private readonly MemoryStorage _disk = new();
    private readonly Dictionary<string, (CursorState Older, CursorState Newer)> _cursors = [];

    private SampleDirectory()
    {
    }

    public SampleEvents Events { get; } = new();

    public SampleLetters LetterEntries { get; } = new();

    public IReadOnlyDictionary<string, byte[]> Files { get; private set; } = new Dictionary<string, byte[]>();

    /// <summary>The maps of all segments, those of the dead letters too.</summary>
    public Dictionary<string, SegmentMap> Maps { get; } = [];

    public IReadOnlyList<string> Segments => [.. Maps.Keys.Where(path => path.StartsWith(Journal, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public string LetterSegment => Maps.Keys.Single(path => path.StartsWith(Letters, StringComparison.Ordinal));

    /// <summary>What each cursor's two slots say.</summary>
    public IReadOnlyDictionary<string, (CursorState Older, CursorState Newer)> CursorStates => _cursors;

    public Guid LogId { get; private set; }

    /// <param name="segments">The lengths of the journal's segments.</param>
    /// <param name="seed">Decides about events and groups.</param>
    public static SampleDirectory Make(int[] segments, ulong seed)
    {
        var sample = new SampleDirectory();
        var clock = new ManualClock();
        sample.WriteJournal(segments, new SeededRandom(seed), clock);
        sample.WriteLetters(clock);
        sample.Files = sample._disk.Take();
        foreach ((string path, byte[] bytes) in sample.Files.Where(file => file.Key.EndsWith(".log", StringComparison.Ordinal)))
            sample.Maps.Add(path, new SegmentMap(bytes));
        return sample;
    }

    /// <summary>One that is that long in all its files together.</summary>
    public static SampleDirectory OfSize(int bytes, int segments, ulong seed)
    {
        int rest = bytes - Make([2000], seed).Files.Where(file => Path.GetDirectoryName(file.Key) != Journal || file.Key == Mark).Sum(file => file.Value.Length);
        int[] lengths = [.. Enumerable.Range(0, segments).Select(index => (rest / segments) + (index < rest % segments ? 1 : 0))];
        return Make(lengths, seed);
    }

    /// <summary>Which slot of a two-slot file was written last, by the generations alone.</summary>
    public int NewerSlotOf(string path) =>
        BinaryPrimitives.ReadUInt64LittleEndian(Files[path].AsSpan(8)) > BinaryPrimitives.ReadUInt64LittleEndian(Files[path].AsSpan(TwoSlotFile.SlotSize + 8)) ? 0 : 1;

    public MemoryStorage Disk() => new(Files);

    /// <summary>A mark of this journal that stands elsewhere.</summary>
    public byte[] MarkAt(ulong next, string like = Mark)
    {
        var scratch = new MemoryStorage();
        Guid id = like == Mark ? LogId : new Guid(Files[LetterSegment].AsSpan(8, 16));
        HighWaterMark.Create(scratch, Path.GetDirectoryName(like)!, id, next, (ulong)Segments.Count + 1).Dispose();
        return scratch.Files[like].Bytes.ToArray();
    }

    /// <summary>A cursor that stands elsewhere.</summary>
    public static byte[] CursorAt(ulong position)
    {
        var scratch = new MemoryStorage();
        Span<byte> content = stackalloc byte[Cursor.ContentLength];
        Cursor.Encode(new CursorState(1, position, position - 1, 0, 0, 0), content);
        TwoSlotFile.Create(scratch, "/scratch/cursor", Cursor.Magic, content).Dispose();
        return scratch.Files["/scratch/cursor"].Bytes.ToArray();
    }

    private void WriteJournal(int[] segments, SeededRandom random, ManualClock clock)
    {
        var page = new RecordPage();
        var cursors = new CursorSet(Cursors, _disk);
        foreach (int length in segments)
        {
            // A new opening with a smaller limit begins the next segment.
            using RecordLog log = RecordLog.Open(Journal, new RecordLogOptions { SegmentBytes = SegmentHeader.Size + 1 }, _disk, clock);
            LogId = log.LogId;
            FillSegment(length, random, page, log, cursors);
        }

        cursors.Dispose();
    }

    private void FillSegment(int length, SeededRandom random, RecordPage page, RecordLog first, CursorSet cursors)
    {
        RecordLog log = first;
        int left = length - SegmentHeader.Size;
        bool begun = false;
        while (left > 0)
        {
            FrameWriter frame = log.Begin(page);
            if (left <= 2 * LastFrameAtMost)
            {
                int bytes = left <= LastFrameAtMost ? left : left / 2;
                Events.AddOfFrame(ref frame, bytes);
            }
            else
            {
                for (int count = 1 + random.Below(4); count > 0; count--)
                    Events.Add(ref frame, SampleEvents.SomePadding(random) / count);
            }

            frame.End();
            log.Append(page);
            left -= page.Length;
            if (!begun)
            {
                // From here on the segment takes frames until the next opening.
                begun = true;
                log = RecordLog.Open(Journal, new RecordLogOptions(), _disk, new ManualClock());
                foreach (string name in new[] { "siem", "archive" })
                    Move(cursors.Open(name, log, null), name == "siem" ? 2ul : 1);
            }
        }

        log.SyncMark();
        log.Dispose();
    }

    private void Move(Cursor cursor, ulong settled)
    {
        CursorState older = cursor.State;
        ulong position = Math.Min(older.Position + settled, Events.Next);
        var newer = new CursorState(older.Origin, position, position - older.Origin, 0, 0, 0);
        cursor.Write(newer);
        cursor.Sync();
        _cursors[cursor.Name] = (older, newer);
    }

    private void WriteLetters(ManualClock clock)
    {
        using DeadLetterStore store = DeadLetterStore.Open(Letters, _disk, clock);
        Add(store, 1, 2);
        Add(store, 3);
        new Turns().Await(() => store.ResolveAsync(LetterEntries.Resolve(2), DeadLetterOutcome.Discarded, null, CancellationToken.None));
        Add(store, 5);
    }

    private void Add(DeadLetterStore store, params ulong[] sequences) =>
        new Turns().Await(() => store.AddAsync([.. sequences.Select(LetterEntries.Letter)], CancellationToken.None));
}
