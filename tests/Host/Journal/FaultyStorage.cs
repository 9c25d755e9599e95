using AuditHost.Journal.Storage;

namespace AuditHost.Tests.Journal;

/// <summary>The real disk with faults: a hook before each operation that may throw or wait, and counters.</summary>
internal sealed class FaultyStorage : IJournalStorage
{
    private int _logSyncs;

    /// <summary>Called before a file is synced.</summary>
    public Action<string>? BeforeSync { get; set; }

    /// <summary>Called before a write; the number it returns is how many bytes get through before the disk is full.</summary>
    public Func<string, int, int>? BeforeWrite { get; set; }

    public Action<string>? BeforeCreate { get; set; }

    public Action<string>? BeforeDelete { get; set; }

    /// <summary>Called before a read with the file, the offset and the length.</summary>
    public Action<string, long, int>? BeforeRead { get; set; }

    public VolumeSpace? Space { get; set; }

    /// <summary>Syncs of segment files so far.</summary>
    public int LogSyncs => Volatile.Read(ref _logSyncs);

    public void CreateDirectory(string path) => DiskStorage.Instance.CreateDirectory(path);

    public IReadOnlyList<StoredFile> List(string directory) => DiskStorage.Instance.List(directory);

    public IJournalFile Create(string path)
    {
        BeforeCreate?.Invoke(path);
        return new FaultyFile(this, path, DiskStorage.Instance.Create(path));
    }

    public IJournalFile Open(string path, bool writable) => new FaultyFile(this, path, DiskStorage.Instance.Open(path, writable));

    public void Delete(string path)
    {
        BeforeDelete?.Invoke(path);
        DiskStorage.Instance.Delete(path);
    }

    public void SyncDirectory(string path) => DiskStorage.Instance.SyncDirectory(path);

    public VolumeSpace SpaceOf(string directory) => Space ?? DiskStorage.Instance.SpaceOf(directory);

    public static IOException NoSpace() => new("No space left on device", 28);

    public static IOException InputOutputError() => new("Input/output error", 5);

    private sealed class FaultyFile(FaultyStorage owner, string path, IJournalFile inner) : IJournalFile
    {
        public long Length => inner.Length;

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            int passed = owner.BeforeWrite?.Invoke(path, bytes.Length) ?? bytes.Length;
            inner.Write(bytes[..passed], offset);
            if (passed < bytes.Length)
                throw NoSpace();
        }

        public int Read(Span<byte> buffer, long offset)
        {
            owner.BeforeRead?.Invoke(path, offset, buffer.Length);
            return inner.Read(buffer, offset);
        }

        public void Reserve(long length) => inner.Reserve(length);

        public void Truncate(long length) => inner.Truncate(length);

        public void Sync()
        {
            if (path.EndsWith(".log", StringComparison.Ordinal))
                Interlocked.Increment(ref owner._logSyncs);
            owner.BeforeSync?.Invoke(path);
            inner.Sync();
        }

        public void Dispose() => inner.Dispose();
    }
}
