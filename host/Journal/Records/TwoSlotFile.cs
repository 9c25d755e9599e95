using System.Buffers.Binary;
using AuditHost.Journal.Storage;

namespace AuditHost.Journal.Records;

/// <summary>
/// A small state in two slots written in turn, each with its generation and check: a torn write costs the newer state, never both.
/// The file has its full length from the start, so that writing works on a full disk.
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

    private TwoSlotFile(IJournalFile file, uint magic)
    {
        _file = file;
        _magic = magic;
    }

    /// <summary>Creates the file with a first state; durable on return.</summary>
    public static TwoSlotFile Create(IJournalStorage storage, string path, uint magic, ReadOnlySpan<byte> content)
    {
        var file = new TwoSlotFile(storage.Create(path), magic);
        file.Rewrite(content);
        storage.SyncDirectory(Path.GetDirectoryName(path)!);
        return file;
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

    /// <summary>Writes a state over the older one, without an allocation. It survives the process; <see cref="Sync"/> makes it survive a power cut.</summary>
    public void Write(ReadOnlySpan<byte> content)
    {
        _generation++;
        Span<byte> slot = _slot;
        slot.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(slot, _magic);
        BinaryPrimitives.WriteUInt16LittleEndian(slot[4..], NewestVersion);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[8..], _generation);
        content.CopyTo(slot[ContentAt..CrcAt]);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[CrcAt..], Crc32C.Of(slot[..CrcAt]));
        _file.Write(slot, (long)(_generation % 2) * SlotSize);
    }

    /// <summary>Writes a state into both slots and makes it durable.</summary>
    public void Rewrite(ReadOnlySpan<byte> content)
    {
        Write(content);
        Write(content);
        _file.Sync();
    }

    public void Sync() => _file.Sync();

    public void Dispose() => _file.Dispose();

    private bool ReadNewer(string path, Span<byte> content)
    {
        bool intact = false;
        for (int index = 0; index < 2; index++)
        {
            if (!TryReadSlot(index, out int version, out ulong generation))
                continue;
            if (version > NewestVersion)
                throw new JournalFormatException(path, version, NewestVersion);
            if (intact && generation <= _generation)
                continue;
            intact = true;
            _generation = generation;
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
