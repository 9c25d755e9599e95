using AuditHost.Faults.Disk;
using AuditHost.Journal.Records;

namespace AuditHost.Faults.Damage;

/// <summary>A copy of a sample directory with one or several things wrong with it, and what follows from each of them.</summary>
internal sealed class DamagedDirectory
{
    private const int SectorBytes = 512;
    private const int PageBytes = 4096;
    private const int NewerVersion = 9;

    private readonly SampleDirectory _sample;
    private readonly SampleDirectory _other;
    private readonly SeededRandom _random;
    private readonly Dictionary<string, byte[]> _files;

    public DamagedDirectory(SampleDirectory sample, SampleDirectory other, ulong seed)
    {
        (_sample, _other, _random) = (sample, other, new SeededRandom(seed));
        _files = sample.Files.Where(file => !file.Key.StartsWith(SampleDirectory.Letters, StringComparison.Ordinal)).ToDictionary(file => file.Key, file => file.Value);
        int kinds = Enum.GetValues<DamageKind>().Length;
        for (int more = 1 + (_random.OneIn(3) ? 1 + _random.Below(2) : 0); more > 0; more--)
        {
            var kind = (DamageKind)_random.Below(kinds);
            Kinds.Add(kind);
            Apply(kind);
        }
    }

    public List<DamageKind> Kinds { get; } = [];

    /// <summary>Whether a version that does not exist yet wrote something.</summary>
    public bool IsNewer => _files.Any(file => Segment.TryParseName(Path.GetFileName(file.Key), out _)
        && SegmentHeader.TryRead(file.Value, out int version, out _) && version > SegmentHeader.NewestVersion);

    /// <summary>Whether the mark is lost and as many headers speak for the other log: then no reader can know which one this is.</summary>
    public bool IsOfEitherLog
    {
        get
        {
            (int Own, int All) others = HeadersOf(_other.LogId);
            return others.All > 0 && others.CompareTo(HeadersOf(_sample.LogId)) >= 0 && !HasMark();
        }
    }

    /// <summary>Whether the mark and the header of every segment are damaged at once: the name of the log is lost, and with it the key to its checks.</summary>
    public bool IsNameless => !HasMark() && !_files.Any(static file => Segment.TryParseName(Path.GetFileName(file.Key), out _) && HasHeader(file.Value));

    public MemoryStorage Disk() => new(_files);

    /// <summary>The records whose every byte is where it was, in a segment that has its name and its header, or a damaged header.</summary>
    public bool[] Intact() => Present((segment, _) => PlaceOf(segment) is { } bytes ? [bytes] : []);

    /// <summary>The records whose every byte is where it was, in a segment under whatever name. Without its header it may be read.</summary>
    public bool[] Findable() => Present((_, files) => files);

    private bool[] Present(Func<string, IEnumerable<byte[]>, IEnumerable<byte[]>> places)
    {
        bool[] present = new bool[_sample.Events.Next];
        byte[][] segments = [.. _files.Where(static file => Segment.TryParseName(Path.GetFileName(file.Key), out _)).Select(static file => file.Value)];
        foreach (string segment in _sample.Segments)
        {
            byte[] original = _sample.Files[segment];
            foreach (byte[] bytes in places(segment, segments))
            {
                foreach ((ulong sequence, int start, int end) in _sample.Maps[segment].Records)
                    present[sequence] |= end <= bytes.Length && bytes.AsSpan(start..end).SequenceEqual(original.AsSpan(start..end));
            }
        }

        return present;
    }

    /// <summary>
    /// The records at the end of the last segment that can be read, in frames that are not whole. Where the mark does not witness that they were accepted,
    /// they may be a write that nobody was answered for, and are cut.
    /// </summary>
    public HashSet<ulong> TornTail()
    {
        var tail = new HashSet<ulong>();
        if (_sample.Segments.LastOrDefault(IsReadable) is not { } segment)
            return tail;
        if (_files.TryGetValue(SampleDirectory.Mark, out byte[]? mark) && mark.AsSpan().SequenceEqual(_sample.Files[SampleDirectory.Mark]))
            return tail;
        byte[] original = _sample.Files[segment];
        byte[] bytes = PlaceOf(segment) ?? [];
        SegmentMap map = _sample.Maps[segment];
        foreach ((int start, int end, _) in Enumerable.Reverse(map.Frames))
        {
            if (end <= bytes.Length && bytes.AsSpan(start..end).SequenceEqual(original.AsSpan(start..end)))
                break;
            tail.UnionWith(map.Records.Where(record => record.Start >= start && record.End <= end).Select(record => record.Sequence));
        }

        return tail;
    }

    /// <summary>Whether anything has moved within a segment. Then a record that is intact may stand before one that it should follow.</summary>
    public bool IsShuffled => Kinds.Contains(DamageKind.PagesSwapped);

    /// <summary>A segment's bytes as they are now; <see langword="null"/> where its header says that the file is another one.</summary>
    private byte[]? PlaceOf(string segment)
    {
        byte[] header = _sample.Files[segment][..SegmentHeader.Size];
        return _files.TryGetValue(segment, out byte[]? own) && (own.AsSpan().StartsWith(header) || !HasHeader(own)) ? own : null;
    }

    /// <summary>Whether the file is this segment, as its header or anything in its place says.</summary>
    private bool IsReadable(string segment)
    {
        byte[] original = _sample.Files[segment];
        SegmentMap map = _sample.Maps[segment];
        return PlaceOf(segment) is { } bytes
            && (HasHeader(bytes) || map.Records.Exists(record => IsAsItWas(record.Start, record.End)) || map.Frames.Exists(frame => IsAsItWas(frame.Start, map.Records.First(record => record.Start > frame.Start).Start)));

        bool IsAsItWas(int start, int end) => end <= bytes.Length && bytes.AsSpan(start..end).SequenceEqual(original.AsSpan(start..end));
    }

    /// <summary>How many headers name a log: under the names of their own segments, and in all.</summary>
    private (int Own, int All) HeadersOf(Guid log)
    {
        (int own, int all) = (0, 0);
        foreach ((string path, byte[] bytes) in _files)
        {
            if (!Segment.TryParseName(Path.GetFileName(path), out ulong id) || !SegmentHeader.TryRead(bytes, out _, out SegmentHeader header) || header.LogId != log)
                continue;
            all++;
            own += header.SegmentId == id ? 1 : 0;
        }

        return (own, all);
    }

    private bool HasMark()
    {
        if (!_files.ContainsKey(SampleDirectory.Mark))
            return false;
        using HighWaterMark? mark = HighWaterMark.TryOpen(Disk(), SampleDirectory.Journal, writable: false);
        return mark is not null;
    }

    private static bool HasHeader(byte[] bytes) => SegmentHeader.TryRead(bytes, out _, out _);

    private void Apply(DamageKind kind)
    {
        switch (kind)
        {
            case DamageKind.BitsFlipped:
                for (int bits = 1 + _random.Below(16); bits > 0; bits--)
                    Change(AnyFile(), bytes => bytes[_random.Below(bytes.Length)] ^= (byte)(1 << _random.Below(8)));
                break;
            case DamageKind.SectorZeroed:
                Zero(SectorBytes);
                break;
            case DamageKind.PageZeroed:
                Zero(PageBytes);
                break;
            case DamageKind.PagesSwapped:
                Change(AnySegment(), SwapPages);
                break;
            case DamageKind.FileCut:
                string cut = AnyFile();
                _files[cut] = _files[cut][.._random.Below(_files[cut].Length + 1)];
                break;
            case DamageKind.SegmentCopied:
                _files[NameOf((ulong)(50 + _random.Below(100)))] = _files[AnySegment()];
                break;
            case DamageKind.SegmentMissing:
                _files.Remove(AnySegment());
                break;
            case DamageKind.SegmentRenamed:
                string renamed = AnySegment();
                byte[] moved = _files[renamed];
                _files.Remove(renamed);
                _files[NameOf((ulong)(50 + _random.Below(100)))] = moved;
                break;
            case DamageKind.SegmentsSwapped:
                (string one, string two) = (AnySegment(), AnySegment());
                (_files[one], _files[two]) = (_files[two], _files[one]);
                break;
            case DamageKind.SegmentEmpty:
                _files[AnySegment()] = [];
                break;
            case DamageKind.SegmentOfAnotherLog:
                _files[_random.OneIn(2) ? AnySegment() : NameOf(77)] = _other.Files[_other.Segments[_random.Below(_other.Segments.Count)]];
                break;
            case DamageKind.ForeignFile:
                string[] names = ["notes.txt", "core", "1.log", "99999999999999999999.log", "0000000000000000000x.log", "cursors/.swp", "high-water.bak"];
                _files[$"{SampleDirectory.Journal}/{names[_random.Below(names.Length)]}"] = [1, 2, 3];
                break;
            case DamageKind.HighestSegmentId:
                _files[NameOf(ulong.MaxValue - (ulong)_random.Below(2))] = _random.OneIn(2) ? [] : _files[AnySegment()];
                break;
            case DamageKind.NewerVersion:
                Change(AnySegment(), BecomeNewer);
                break;
            default:
                ApplyToSlots(kind);
                break;
        }
    }

    private void ApplyToSlots(DamageKind kind)
    {
        string cursor = $"{SampleDirectory.Cursors}/siem.cursor";
        switch (kind)
        {
            case DamageKind.StaleMark:
                _files[SampleDirectory.Mark] = _sample.MarkAt(1 + (ulong)_random.Below((int)_sample.Events.Next));
                break;
            case DamageKind.MarkLost:
                if (_random.OneIn(2))
                    _files.Remove(SampleDirectory.Mark);
                else
                    _files[SampleDirectory.Mark] = new byte[_random.Below(1024)];
                break;
            case DamageKind.StaleCursor:
                _files[cursor] = SampleDirectory.CursorAt(_sample.CursorStates["siem"].Older.Position);
                break;
            case DamageKind.CursorAhead:
                _files[cursor] = SampleDirectory.CursorAt(_sample.Events.Next + (ulong)_random.Below(50));
                break;
            case DamageKind.CursorLost:
                _files[cursor] = new byte[_random.Below(1024)];
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    private void BecomeNewer(byte[] bytes)
    {
        if (bytes.Length < SegmentHeader.Size)
            return;
        bytes[7] = NewerVersion;
        BitConverter.TryWriteBytes(bytes.AsSpan(SegmentHeader.Size - sizeof(uint)), Crc32C.Of(bytes.AsSpan(0, SegmentHeader.Size - sizeof(uint))));
    }

    private void SwapPages(byte[] bytes)
    {
        int pages = bytes.Length / SectorBytes;
        if (pages < 2)
            return;
        Span<byte> one = bytes.AsSpan(_random.Below(pages) * SectorBytes, SectorBytes);
        Span<byte> two = bytes.AsSpan(_random.Below(pages) * SectorBytes, SectorBytes);
        byte[] kept = one.ToArray();
        two.CopyTo(one);
        kept.CopyTo(two);
    }

    private void Zero(int size) => Change(AnyFile(), bytes =>
    {
        int start = _random.Below((bytes.Length / size) + 1) * size;
        bytes.AsSpan(start, Math.Min(size, bytes.Length - start)).Clear();
    });

    private void Change(string path, Action<byte[]> change)
    {
        byte[] bytes = [.. _files[path]];
        if (bytes.Length > 0)
            change(bytes);
        _files[path] = bytes;
    }

    private string AnyFile() => _files.Keys.Order(StringComparer.Ordinal).ElementAt(_random.Below(_files.Count));

    private string AnySegment()
    {
        string[] segments = [.. _files.Keys.Where(path => Segment.TryParseName(Path.GetFileName(path), out _)).Order(StringComparer.Ordinal)];
        return segments.Length > 0 ? segments[_random.Below(segments.Length)] : NameOf(1);
    }

    private static string NameOf(ulong id) => $"{SampleDirectory.Journal}/{id:D20}.log";
}
