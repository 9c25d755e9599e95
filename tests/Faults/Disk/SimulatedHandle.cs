using AuditHost.Journal.Storage;

namespace AuditHost.Faults.Disk;

/// <summary>An open file of a simulated disk. Like a real one it outlives the file's name.</summary>
internal sealed class SimulatedHandle(SimulatedDisk disk, SimulatedFile file, bool writable) : IJournalFile
{
    public long Length => file.Length;

    public void Write(ReadOnlySpan<byte> bytes, long offset) => disk.Write(Writable(), bytes, offset);

    public int Read(Span<byte> buffer, long offset) => disk.Read(file, buffer, offset);

    public void Reserve(long length) => disk.Reserve();

    public void Truncate(long length) => disk.Truncate(Writable(), length);

    public void Sync() => disk.Sync(file);

    public void Dispose() => disk.Closed();

    private SimulatedFile Writable() => writable ? file : throw new InvalidOperationException("The file was opened for reading.");
}
