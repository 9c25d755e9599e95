using System.Buffers.Binary;
using AuditHost.Journal.Storage;

namespace AuditHost.Journal.Records;

/// <summary>
/// What the log had accepted, kept outside its segments: the only witness that can tell a cut of accepted events from a torn write.
/// It may lag behind the log by what one sync interval holds; it never leads.
/// </summary>
internal sealed class HighWaterMark : IDisposable
{
    public const string FileName = "high-water";

    private const uint Magic = 0x574841F8;
    private const int ContentLength = 32;

    private readonly TwoSlotFile _file;
    private volatile bool _dirty;

    private HighWaterMark(TwoSlotFile file, Guid logId)
    {
        _file = file;
        LogId = logId;
    }

    public Guid LogId { get; }

    public ulong NextSequence { get; private set; }

    /// <summary>No segment has had this id or a higher one.</summary>
    public ulong NextSegmentId { get; private set; }

    public static HighWaterMark Create(IJournalStorage storage, string directory, Guid logId, ulong nextSequence, ulong nextSegmentId)
    {
        string path = Path.Combine(directory, FileName);
        Span<byte> content = stackalloc byte[ContentLength];
        Encode(content, logId, nextSequence, nextSegmentId);
        return new HighWaterMark(TwoSlotFile.Create(storage, path, Magic, content), logId) { NextSequence = nextSequence, NextSegmentId = nextSegmentId };
    }

    /// <returns><see langword="null"/> where no slot is intact.</returns>
    public static HighWaterMark? TryOpen(IJournalStorage storage, string directory, bool writable)
    {
        Span<byte> content = stackalloc byte[ContentLength];
        TwoSlotFile file = TwoSlotFile.Open(storage, Path.Combine(directory, FileName), Magic, writable, content, out bool intact);
        if (intact)
        {
            return new HighWaterMark(file, new Guid(content[..16]))
            {
                NextSequence = BinaryPrimitives.ReadUInt64LittleEndian(content[16..]),
                NextSegmentId = BinaryPrimitives.ReadUInt64LittleEndian(content[24..]),
            };
        }

        file.Dispose();
        return null;
    }

    public void Write(ulong nextSequence, ulong nextSegmentId)
    {
        NextSequence = nextSequence;
        NextSegmentId = nextSegmentId;
        Span<byte> content = stackalloc byte[ContentLength];
        Encode(content, LogId, nextSequence, nextSegmentId);
        _file.Write(content);
        _dirty = true;
    }

    public void Sync()
    {
        if (!_dirty)
            return;
        _dirty = false;
        _file.Sync();
    }

    public void Dispose() => _file.Dispose();

    private static void Encode(Span<byte> content, Guid logId, ulong nextSequence, ulong nextSegmentId)
    {
        logId.TryWriteBytes(content);
        BinaryPrimitives.WriteUInt64LittleEndian(content[16..], nextSequence);
        BinaryPrimitives.WriteUInt64LittleEndian(content[24..], nextSegmentId);
    }
}
