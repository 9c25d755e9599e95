using System.Buffers.Binary;

namespace AuditHost.Faults.Damage;

/// <summary>
/// Where everything lies in a sound segment, found by the lengths alone as the format in the journal's README has them: a second reader
/// that shares no code with the first.
/// </summary>
internal sealed class SegmentMap
{
    private const int SegmentHeader = 64;
    private const int FrameHeader = 48;
    private const int RecordHeader = 32;
    private const int Trailer = 44;

    private readonly PlaceKind[] _kinds;
    private readonly ulong[] _sequences;

    public SegmentMap(ReadOnlySpan<byte> bytes)
    {
        _kinds = new PlaceKind[bytes.Length];
        _sequences = new ulong[bytes.Length];
        int at = SegmentHeader;
        while (at < bytes.Length)
        {
            int start = at;
            int body = BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + 8)..]);
            int end = at + FrameHeader + body;
            _kinds.AsSpan(at, FrameHeader).Fill(PlaceKind.FrameHeader);
            for (at += FrameHeader; at < end;)
            {
                int length = RecordHeader + BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 6)..]) + BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
                ulong sequence = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(at + 8)..]);
                _kinds.AsSpan(at, length).Fill(PlaceKind.Record);
                _sequences.AsSpan(at, length).Fill(sequence);
                Records.Add((sequence, at, at + length));
                at += length;
            }

            _kinds.AsSpan(at, Trailer).Fill(PlaceKind.FrameTrailer);
            at += Trailer;
            Frames.Add((start, at, Records[^1].Sequence + 1));
        }
    }

    public List<(ulong Sequence, int Start, int End)> Records { get; } = [];

    public List<(int Start, int End, ulong Next)> Frames { get; } = [];

    public PlaceKind KindOf(int offset) => _kinds[offset];

    /// <summary>The record a byte belongs to; 0 for a byte of none.</summary>
    public ulong SequenceOf(int offset) => _sequences[offset];
}
