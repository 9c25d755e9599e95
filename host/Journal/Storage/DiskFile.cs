using Microsoft.Win32.SafeHandles;

namespace AuditHost.Journal.Storage;

/// <summary>A file of the machine: positional reads and writes from the base library, everything that must not fail unseen from <see cref="NativeFile"/>.</summary>
internal sealed class DiskFile(string path, SafeFileHandle handle) : IJournalFile
{
    public long Length => RandomAccess.GetLength(handle);

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(handle, bytes, offset);

    public int Read(Span<byte> buffer, long offset)
    {
        int total = 0;
        while (total < buffer.Length)
        {
            int read = RandomAccess.Read(handle, buffer[total..], offset + total);
            if (read == 0)
                break;
            total += read;
        }

        return total;
    }

    public void Reserve(long length) => NativeFile.Reserve(handle, path, length);

    public void Truncate(long length) => RandomAccess.SetLength(handle, length);

    public void Sync() => NativeFile.SyncData(handle, path);

    public void Dispose() => handle.Dispose();
}
