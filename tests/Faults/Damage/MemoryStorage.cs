using AuditHost.Journal.Storage;

namespace AuditHost.Faults.Damage;

/// <summary>
/// A disk in memory that does as it is told, for hundreds of thousands of starts. Bytes are shared with the sample they come from until
/// somebody writes to them. Whoever reads more than any sound reader has to is told so: it would go on for ever.
/// </summary>
internal sealed class MemoryStorage : IJournalStorage
{
    private const int FilesReadOver = 200;

    private readonly Dictionary<string, MemoryFile> _files = new(StringComparer.Ordinal);
    private long _mayRead = 1 << 20;

    public MemoryStorage()
    {
    }

    public MemoryStorage(IReadOnlyDictionary<string, byte[]> files)
    {
        foreach ((string path, byte[] bytes) in files)
            Put(path, bytes);
    }

    public IReadOnlyDictionary<string, MemoryFile> Files => _files;

    public void Put(string path, byte[] bytes) => Put(path, bytes, bytes.Length);

    /// <summary>The first bytes of what is given become the file.</summary>
    public void Put(string path, byte[] bytes, int length)
    {
        _files[path] = new MemoryFile(bytes, length);
        _mayRead += (long)length * FilesReadOver;
    }

    /// <summary>The same files for somebody else.</summary>
    public MemoryStorage Copy()
    {
        var copy = new MemoryStorage();
        foreach ((string path, MemoryFile file) in _files)
            copy.Put(path, file.Share(), file.Length);
        return copy;
    }

    public Dictionary<string, byte[]> Take() => _files.ToDictionary(pair => pair.Key, pair => pair.Value.Bytes.ToArray());

    public bool Holds(MemoryStorage other)
    {
        if (_files.Count != other._files.Count)
            return false;
        foreach ((string path, MemoryFile file) in _files)
        {
            if (!other._files.TryGetValue(path, out MemoryFile? its) || !file.Bytes.SequenceEqual(its.Bytes))
                return false;
        }

        return true;
    }

    public void CreateDirectory(string path)
    {
    }

    public IReadOnlyList<StoredFile> List(string directory)
    {
        var files = new List<StoredFile>(_files.Count);
        foreach ((string path, MemoryFile file) in _files)
        {
            if (path.LastIndexOf('/') == directory.Length && path.StartsWith(directory, StringComparison.Ordinal))
                files.Add(new StoredFile(path[(directory.Length + 1)..], file.Length));
        }

        return files;
    }

    public IJournalFile Create(string path)
    {
        var file = new MemoryFile([], 0);
        if (!_files.TryAdd(path, file))
            throw new IOException($"The file '{path}' already exists.");
        return new MemoryHandle(this, file, writable: true);
    }

    public IJournalFile Open(string path, bool writable) => _files.TryGetValue(path, out MemoryFile? file)
        ? new MemoryHandle(this, file, writable)
        : throw new FileNotFoundException($"Could not find file '{path}'.", path);

    public void Delete(string path) => _files.Remove(path);

    public void SyncDirectory(string path)
    {
    }

    public VolumeSpace SpaceOf(string directory) => new(1L << 40, 1L << 39);

    private void Account(int bytes)
    {
        // A read of nothing counts too: that is how a reader stands still.
        _mayRead -= bytes + 64;
        if (_mayRead < 0)
            throw new Model.ModelViolationException("More is read than any reader that moves forward can read: an endless loop.");
    }

    private sealed class MemoryHandle(MemoryStorage owner, MemoryFile file, bool writable) : IJournalFile
    {
        public long Length => file.Length;

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            if (!writable)
                throw new InvalidOperationException("The file was opened for reading.");
            owner._mayRead += (long)bytes.Length * FilesReadOver;
            file.Write(bytes, (int)offset);
        }

        public int Read(Span<byte> buffer, long offset)
        {
            int count = offset >= file.Length ? 0 : (int)Math.Min(buffer.Length, file.Length - offset);
            owner.Account(count);
            file.Bytes.Slice((int)Math.Min(offset, file.Length), count).CopyTo(buffer);
            return count;
        }

        public void Reserve(long length)
        {
        }

        public void Truncate(long length) => file.Truncate((int)length);

        public void Sync()
        {
        }

        public void Dispose()
        {
        }
    }
}
