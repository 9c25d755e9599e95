using System.Buffers.Binary;
using AuditHost.Journal.Storage;

namespace AuditHost.Journal.Records;

/// <summary>
/// A small state in two slots, each with its generation and check. The one synced last is left alone until the other one is: a torn or
/// failed write costs what was written since, never both. The file has its full length from the start, so that writing works on a
/// full disk.
/// </summary>
internal sealed class TwoSlotFile : IDisposable
{
    public const int SlotSize = 512;

    private const int NewestVersion = 1;
    private const int ContentAt = 16;
    private const int CrcAt = SlotSize - sizeof(uint);

    private readonly IJournalFile _file;
    private readonly uint _magic;
    private readonly byte[] _slot = new byte[SlotSize];
    private ulong _generation;
    private volatile int _written;
    private volatile int _synced;

    /// <summary>The newer slot as it was found; <see langword="null"/> once it is known to be durable.</summary>
    private byte[]? _found;
    private bool _isOtherUnknown;

    private TwoSlotFile(IJournalFile file, uint magic)
    {
        _file = file;
        _magic = magic;
    }

    /// <summary>Creates the file with a first state; durable on return. Where that fails nothing stays behind, so that it can be tried again.</summary>
    public static TwoSlotFile Create(IJournalStorage storage, string path, uint magic, ReadOnlySpan<byte> content)
    {
        var file = new TwoSlotFile(storage.Create(path), magic);
        try
        {
            file.Rewrite(content);
            storage.SyncDirectory(Path.GetDirectoryName(path)!);
            return file;
        }
        catch
        {
            file.Dispose();
            Discard(storage, path);
            throw;
        }
    }

    /// <summary>
    /// Opens the file and reads the newer intact state. <paramref name="intact"/> is <see langword="false"/> where neither slot is;
    /// the file takes new states all the same.
    /// </summary>
    /// <exception cref="JournalFormatException">A newer version wrote it.</exception>
    public static TwoSlotFile Open(IJournalStorage storage, string path, uint magic, bool writable, Span<byte> content, out bool intact)
    {
        var file = new TwoSlotFile(storage.Open(path, writable), magic);
        try
        {
            intact = file.ReadNewer(path, content);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>What the file holds, intact or not.</summary>
    public static byte[] BytesOf(IJournalStorage storage, string path)
    {
        byte[] bytes = new byte[2 * SlotSize];
        try
        {
            using IJournalFile file = storage.Open(path, writable: false);
            return bytes[..file.Read(bytes, 0)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>
    /// Writes a state over the slot that was not synced last, without an allocation. It survives the process; <see cref="Sync"/> makes
    /// it survive a power cut.
    /// </summary>
    public void Write(ReadOnlySpan<byte> content)
    {
        Secure();
        WriteTo(1 - _synced, content);
    }

    /// <summary>
    /// Makes the state that was found durable. A killed process may have left it in the kernel's memory alone, and then the disk has only
    /// the other slot, which the next write would go over. It is written again as it is: that can tear nothing, and after a sync that failed
    /// the kernel would not write it by itself.
    /// </summary>
    public void Secure()
    {
        if (_found is not { } slot)
            return;
        _file.Write(slot, (long)_written * SlotSize);
        Sync();
        if (_isOtherUnknown)
        {
            // What cannot be read now may be read at the next start, and be the newer state: one that nobody went on from.
            WriteTo(1 - _written, slot.AsSpan(ContentAt..CrcAt));
            Sync();
            _isOtherUnknown = false;
        }

        _found = null;
    }

    /// <summary>Writes a state into both slots and makes it durable.</summary>
    public void Rewrite(ReadOnlySpan<byte> content)
    {
        WriteTo(0, content);
        WriteTo(1, content);
        Sync();
        _found = null;
    }

    public void Sync()
    {
        int written = _written;
        _file.Sync();
        _synced = written;
    }

    public void Dispose() => _file.Dispose();

    private void WriteTo(int index, ReadOnlySpan<byte> content)
    {
        Span<byte> slot = _slot;
        slot.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(slot, _magic);
        BinaryPrimitives.WriteUInt16LittleEndian(slot[4..], NewestVersion);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[8..], ++_generation);
        content.CopyTo(slot[ContentAt..CrcAt]);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[CrcAt..], Crc32C.Of(slot[..CrcAt]));
        _file.Write(slot, (long)index * SlotSize);
        _written = index;
    }

    private static void Discard(IJournalStorage storage, string path)
    {
        try
        {
            storage.Delete(path);
        }
        catch (IOException)
        {
            // The reason of the failure counts, and that is thrown already.
        }
    }

    private bool ReadNewer(string path, Span<byte> content)
    {
        bool intact = false;
        for (int index = 0; index < 2; index++)
        {
            if (!TryReadSlot(index, out int version, out ulong generation))
            {
                _isOtherUnknown = true;
                continue;
            }

            if (version > NewestVersion)
                throw new JournalFormatException(path, version, NewestVersion);
            if (intact && generation <= _generation)
                continue;
            intact = true;
            _generation = generation;
            _written = _synced = index;
            _found = [.. _slot];
            _slot.AsSpan(ContentAt, content.Length).CopyTo(content);
        }

        return intact;
    }

    private bool TryReadSlot(int index, out int version, out ulong generation)
    {
        Span<byte> slot = _slot;
        bool intact = ReadBytes(slot, (long)index * SlotSize) == SlotSize
            && BinaryPrimitives.ReadUInt32LittleEndian(slot) == _magic
            && BinaryPrimitives.ReadUInt32LittleEndian(slot[CrcAt..]) == Crc32C.Of(slot[..CrcAt]);
        version = BinaryPrimitives.ReadUInt16LittleEndian(slot[4..]);
        generation = BinaryPrimitives.ReadUInt64LittleEndian(slot[8..]);
        return intact;
    }

    private int ReadBytes(Span<byte> slot, long offset)
    {
        try
        {
            return _file.Read(slot, offset);
        }
        catch (IOException)
        {
            // A sector that cannot be read is a damaged slot; the other one may be fine.
            return 0;
        }
    }
}
