using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AuditHost.Journal.Records;
using AuditHost.Journal.Storage;

namespace AuditHost.Intake.Deduplication;

/// <summary>
/// The fingerprints of the events that were stored last, so that a start reads some megabytes and not the events themselves. It may
/// lack any of them, for it is written in blocks and behind the journal; a start then reads those events. It never has one that is
/// not durable in the journal.
/// </summary>
/// <remarks>
/// A record has for its attributes the id of the journal (16 bytes), which function makes the fingerprints (1), and its key (16). It holds, per
/// batch of events, the sequence number of the first, their number, both of 8 bytes, and a fingerprint of 16 bytes for each; 0 for an event
/// without an id of its own.
/// </remarks>
internal sealed class FingerprintLog : IAsyncDisposable
{
    internal const string Folder = "fingerprints";

    /// <summary><see cref="Polyval"/>.</summary>
    private const byte Function = 1;

    private const int FingerprintBytes = 16;
    private const int EntryHeader = 2 * sizeof(ulong);
    private const int SegmentBytes = 1 << 20;

    /// <summary>Some eight thousand events: what a start after a crash reads from the journal.</summary>
    private const int BlockBytes = 128 << 10;

    private readonly Lock _lock = new();
    private readonly RecordLog _log;
    private readonly RecordPage _page = new();
    private readonly byte[] _origin;
    private readonly TimeProvider _time;
    private readonly long _largest;
    private readonly int _blockBytes;
    private ArrayBufferWriter<byte> _filling = new();
    private ArrayBufferWriter<byte> _spare = new();
    private Task _writing = Task.CompletedTask;

    private FingerprintLog(RecordLog log, Guid journal, FingerprintKey key, int maxEvents, TimeProvider time, int blockBytes)
    {
        _log = log;
        Key = key;
        _origin = [.. Prefix(journal), .. key.Secret];
        _time = time;
        _largest = (long)maxEvents * (FingerprintBytes + EntryHeader);
        _blockBytes = blockBytes;
    }

    /// <summary>Opens or creates the log of a folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="journal">Whose events these are. What was noted for another journal says nothing.</param>
    /// <param name="maxEvents">How many events are worth keeping.</param>
    /// <param name="storage">Where the folder is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="blockBytes">How much is written at a time.</param>
    /// <param name="fresh">The key where there is nothing that has one; a new one by default.</param>
    public static FingerprintLog Open(
        string directory, Guid journal, int maxEvents, IJournalStorage storage, TimeProvider time, int blockBytes = BlockBytes, FingerprintKey? fresh = null)
    {
        RecordLog log = RecordLog.Open(directory, new RecordLogOptions { SegmentBytes = SegmentBytes }, storage, time);
        FingerprintKey key = FindKey(log, journal) ?? fresh ?? FingerprintKey.Create();
        return new FingerprintLog(log, journal, key, maxEvents, time, blockBytes);
    }

    /// <summary>What made the fingerprints in it, and makes those to come.</summary>
    public FingerprintKey Key { get; }

    /// <summary>Notes a batch that has become durable. It is written once a block is full; until then, a crash loses the note.</summary>
    public void Add(ulong first, ReadOnlySpan<UInt128> fingerprints)
    {
        lock (_lock)
        {
            Note(_filling, first, fingerprints);
            if (_filling.WrittenCount < _blockBytes)
                return;
            if (_writing.IsCompleted)
                _writing = WriteLaterAsync(Exchange());
            else
                _filling.ResetWrittenCount();
        }
    }

    /// <summary>Reads the batches that were noted, oldest first; where the disk cannot be read now, those before that.</summary>
    /// <param name="visit">Gets the sequence number of the first event of a batch, and the fingerprints.</param>
    public void Read(Action<ulong, ReadOnlySpan<UInt128>> visit)
    {
        ReadRecords(_log, (origin, block) =>
        {
            if (origin.SequenceEqual(_origin))
                ReadBlock(block, visit);
            return true;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _writing;
        if (_filling.WrittenCount > 0)
            Write(_filling);
        _log.Dispose();
    }

    /// <summary>The key of the oldest record of the journal; <see langword="null"/> where there is none that can be read.</summary>
    private static FingerprintKey? FindKey(RecordLog log, Guid journal)
    {
        byte[] prefix = Prefix(journal);
        FingerprintKey? key = null;
        ReadRecords(log, (origin, _) =>
        {
            if (origin.Length == prefix.Length + FingerprintKey.Bytes && origin.StartsWith(prefix))
                key = new FingerprintKey(origin[prefix.Length..]);
            return key is null;
        });
        return key;
    }

    /// <summary>What another function made says nothing about what this one makes.</summary>
    private static byte[] Prefix(Guid journal) => [.. journal.ToByteArray(), Function];

    /// <param name="log">The log.</param>
    /// <param name="visit">Gets a record's attributes and what it holds, and says whether to go on.</param>
    private static void ReadRecords(RecordLog log, Func<ReadOnlySpan<byte>, ReadOnlySpan<byte>, bool> visit)
    {
        try
        {
            var page = new RecordPage();
            for (ulong from = log.FirstSequence; log.TryRead(from, page); from = page.NextSequence)
            {
                foreach (ref readonly RecordSlice record in page.Records)
                {
                    if (!visit(page.AttributesOf(record), page.PayloadOf(record).Span))
                        return;
                }
            }
        }
        catch (IOException)
        {
            // The rest is lacking, like what was never written.
        }
    }

    private static void Note(ArrayBufferWriter<byte> block, ulong first, ReadOnlySpan<UInt128> fingerprints)
    {
        Span<byte> header = block.GetSpan(EntryHeader);
        BinaryPrimitives.WriteUInt64LittleEndian(header, first);
        BinaryPrimitives.WriteUInt64LittleEndian(header[sizeof(ulong)..], (ulong)fingerprints.Length);
        block.Advance(EntryHeader);
        block.Write(MemoryMarshal.AsBytes(fingerprints));
    }

    private static void ReadBlock(ReadOnlySpan<byte> rest, Action<ulong, ReadOnlySpan<UInt128>> visit)
    {
        while (rest.Length >= EntryHeader)
        {
            ulong first = BinaryPrimitives.ReadUInt64LittleEndian(rest);
            ulong count = BinaryPrimitives.ReadUInt64LittleEndian(rest[sizeof(ulong)..]);
            rest = rest[EntryHeader..];
            if (count > (ulong)rest.Length / FingerprintBytes)
                return;
            int length = (int)count * FingerprintBytes;
            visit(first, MemoryMarshal.Cast<byte, UInt128>(rest[..length]));
            rest = rest[length..];
        }
    }

    private ArrayBufferWriter<byte> Exchange()
    {
        ArrayBufferWriter<byte> full = _filling;
        (_filling, _spare) = (_spare, full);
        return full;
    }

    private async Task WriteLaterAsync(ArrayBufferWriter<byte> block)
    {
        // The sender whose events filled the block is not kept waiting for this.
        await Task.Yield();
        Write(block);
    }

    private void Write(ArrayBufferWriter<byte> block)
    {
        try
        {
            FrameWriter frame = _log.Begin(_page);
            frame.AddEvent(block.WrittenSpan, _time.GetUtcNow().UtcTicks, RecordFlags.None, _origin);
            frame.End();
            _log.Append(_page);
            long remaining = _log.BytesOnDisk;
            _log.DeleteBefore(_log.NextSequence, (segment, _) => (remaining -= segment.Length) >= _largest);
        }
        catch (IOException)
        {
            // The next start reads the events instead.
        }

        block.ResetWrittenCount();
    }
}
