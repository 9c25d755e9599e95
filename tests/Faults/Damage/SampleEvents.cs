using System.Text;
using AuditHost.Faults.Disk;
using AuditHost.Journal.Records;

namespace AuditHost.Faults.Damage;

/// <summary>The events of a sample directory, by sequence number: what may come back, and nothing else.</summary>
internal sealed class SampleEvents
{
    public const int IdLength = 16;

    private readonly List<byte[]> _payloads = [[]];

    public ulong Next => (ulong)_payloads.Count;

    public byte[] Payload(ulong sequence) => _payloads[(int)sequence];

    /// <summary>Each third came without an id.</summary>
    public static bool IsAssigned(ulong sequence) => sequence % 3 == 0;

    public static byte[] IdOf(ulong sequence)
    {
        byte[] id = new byte[IdLength];
        new Guid((uint)sequence, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).TryWriteBytes(id);
        return id;
    }

    public static byte[] Json(ulong sequence, int padding) => Encoding.UTF8.GetBytes(
        $$"""{"event_id":"e-{{sequence}}","event_type":"Test","pad":"{{new string((char)('a' + (sequence % 26)), padding)}}"}""");

    public void Add(ref FrameWriter frame, int padding)
    {
        ulong sequence = Next;
        byte[] payload = Json(sequence, padding);
        _payloads.Add(payload);
        bool assigned = IsAssigned(sequence);
        frame.AddEvent(payload, (long)sequence * TimeSpan.TicksPerSecond, assigned ? RecordFlags.AssignedId : RecordFlags.None, assigned ? IdOf(sequence) : default);
    }

    /// <summary>One event whose frame takes that many bytes.</summary>
    public void AddOfFrame(ref FrameWriter frame, int frameBytes)
    {
        ulong sequence = Next;
        int fixedBytes = FrameWriter.FrameOverhead + FrameWriter.RecordOverhead + (IsAssigned(sequence) ? IdLength : 0) + Json(sequence, 0).Length;
        Add(ref frame, frameBytes - fixedBytes);
    }

    public bool Matches(ulong sequence, RecordPage page, in RecordSlice record) =>
        sequence < Next
        && page.PayloadOf(record).Span.SequenceEqual(Payload(sequence))
        && record.ReceivedAtTicks == (long)sequence * TimeSpan.TicksPerSecond
        && (IsAssigned(sequence)
            ? record.Flags == RecordFlags.AssignedId && page.AttributesOf(record).SequenceEqual(IdOf(sequence))
            : record.Flags == RecordFlags.None && record.AttributesLength == 0);

    public static int SomePadding(SeededRandom random) => random.OneIn(40) ? 900 : random.Below(500);
}
