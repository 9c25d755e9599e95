namespace AuditHost.Client.Spool;

/// <summary>
/// Events that wait on disk, in files of lines that are read in the order in which they were written. A file goes once all its events are at the
/// host. What a crash left half written at the end of the last file was promised to nobody and goes too.
/// </summary>
internal sealed class EventSpool : IDisposable
{
    private const string Pattern = "events-*.ndjson";
    private const long SegmentBytes = 8 << 20;

    private readonly string _directory;
    private readonly long _maxBytes;
    private readonly FileStream _lock;
    private readonly Queue<(string Path, long Bytes)> _segments = [];
    private FileStream? _writing;
    private SpoolReader? _reading;
    private long _next;

    private EventSpool(string directory, long maxBytes)
    {
        _directory = Directory.CreateDirectory(directory).FullName;
        _maxBytes = maxBytes;
        try
        {
            _lock = new FileStream(Path.Combine(_directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new IOException($"The spool {_directory} is in use by another client. Give each its own folder.", exception);
        }

        foreach (string path in Directory.EnumerateFiles(_directory, Pattern).Order(StringComparer.Ordinal))
            Recover(path);
    }

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _segments.Count == 0;

    /// <summary>How much waits.</summary>
    public long Bytes { get; private set; }

    /// <summary>Opens a folder, with what waits there from before.</summary>
    /// <exception cref="IOException">Another client uses it, or it cannot be written.</exception>
    public static EventSpool Open(string directory, long maxBytes) => new(directory, maxBytes);

    /// <summary>Whether there is room for so many bytes. An empty spool takes anything.</summary>
    public bool HasRoomFor(long bytes) => IsEmpty || Bytes + bytes <= _maxBytes;

    /// <summary>Writes lines, and ends once they are on the disk.</summary>
    public void Append(ReadOnlySpan<byte> lines)
    {
        if (_writing is null)
        {
            string path = Path.Combine(_directory, $"events-{_next++:D12}.ndjson");
            _writing = OpenOwn(path, FileMode.CreateNew);
            _segments.Enqueue((path, 0));
        }

        long start = _writing.Length;
        try
        {
            _writing.Write(lines);
            _writing.Flush(flushToDisk: true);
        }
        catch
        {
            // Half a write is none: the same events may be tried once more.
            _writing.SetLength(start);
            throw;
        }

        Bytes += lines.Length;
        if (_writing.Length < SegmentBytes)
            return;
        _writing.Dispose();
        _writing = null;
    }

    /// <summary>The oldest events that wait, without taking them out.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Peek(int maxEvents, int maxBytes)
    {
        while (_segments.TryPeek(out (string Path, long Bytes) oldest))
        {
            _reading ??= new SpoolReader(oldest.Path);
            IReadOnlyList<ReadOnlyMemory<byte>> events = _reading.Peek(maxEvents, maxBytes);
            if (events.Count > 0)
                return events;
            RemoveOldest();
        }

        return [];
    }

    /// <summary>Takes out what <see cref="Peek"/> gave.</summary>
    public void Advance(int events)
    {
        Bytes -= _reading!.Advance(events);
        if (_reading.IsAtEnd)
            RemoveOldest();
    }

    /// <summary>Keeps an event that the host refuses, where people find it.</summary>
    public void Reject(ReadOnlySpan<byte> json)
    {
        using FileStream rejected = OpenOwn(Path.Combine(_directory, "rejected.ndjson"), FileMode.Append);
        rejected.Write(json);
        rejected.Write("\n"u8);
        rejected.Flush(flushToDisk: true);
    }

    public void Dispose()
    {
        _writing?.Dispose();
        _reading?.Dispose();
        _lock.Dispose();
    }

    /// <summary>Audit events are nobody else's to read.</summary>
    private static FileStream OpenOwn(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private void RemoveOldest()
    {
        (string path, _) = _segments.Dequeue();
        _reading?.Dispose();
        _reading = null;
        if (_writing?.Name == path)
        {
            _writing.Dispose();
            _writing = null;
        }

        File.Delete(path);
        if (IsEmpty)
            Bytes = 0;
    }

    /// <summary>Takes over a file of before, cut behind its last whole line.</summary>
    private void Recover(string path)
    {
        _next = long.Parse(Path.GetFileNameWithoutExtension(path).AsSpan("events-".Length), System.Globalization.CultureInfo.InvariantCulture) + 1;
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        long whole = SpoolReader.EndOfLastLine(file);
        file.SetLength(whole);
        if (whole == 0)
        {
            file.Dispose();
            File.Delete(path);
            return;
        }

        _segments.Enqueue((path, whole));
        Bytes += whole;
    }
}
