using System.Numerics;
using System.Runtime.InteropServices;

namespace AuditHost.Journal.Records;

/// <summary>
/// A buffer with records located in it: a frame on its way to disk, or a run of records read back. Made to be used again.
/// The records of a page have consecutive sequence numbers.
/// </summary>
internal sealed class RecordPage
{
    /// <summary>Buffers are powers of two from here on, so that pools can sort them.</summary>
    public const int SmallestBuffer = 4096;

    private readonly List<RecordSlice> _records = [];

    public byte[] Buffer { get; private set; } = [];

    /// <summary>The bytes of the buffer that are in use.</summary>
    public int Length { get; set; }

    /// <summary>The events of the page.</summary>
    public int Count => _records.Count;

    /// <summary>All records of a frame being laid out, the log's own notes among them.</summary>
    public int RecordCount { get; set; }

    public ulong FirstSequence { get; private set; }

    public ulong NextSequence => FirstSequence + (ulong)_records.Count;

    public ReadOnlySpan<RecordSlice> Records => CollectionsMarshal.AsSpan(_records);

    public ReadOnlyMemory<byte> PayloadOf(in RecordSlice record) => Buffer.AsMemory(record.PayloadStart, record.PayloadLength);

    public ReadOnlySpan<byte> AttributesOf(in RecordSlice record) => Buffer.AsSpan(record.AttributesStart, record.AttributesLength);

    /// <summary>Forgets the records and stands before a sequence number.</summary>
    public void Reset(ulong firstSequence)
    {
        _records.Clear();
        Length = 0;
        RecordCount = 0;
        FirstSequence = firstSequence;
    }

    /// <summary>Gives the buffer room for a number of bytes; what was in it is kept.</summary>
    public void EnsureBuffer(int bytes)
    {
        if (Buffer.Length >= bytes)
            return;
        byte[] larger = new byte[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(bytes, SmallestBuffer))];
        Buffer.AsSpan(0, Length).CopyTo(larger);
        Buffer = larger;
    }

    public void Add(in RecordSlice record)
    {
        if (_records.Count == 0)
            FirstSequence = record.Sequence;
        _records.Add(record);
    }
}
