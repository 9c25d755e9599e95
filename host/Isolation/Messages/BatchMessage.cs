using System.Buffers;
using System.Buffers.Binary;
using AuditHost.Intake;
using AuditHost.Sdk;

namespace AuditHost.Isolation.Messages;

/// <summary>A batch of raw events on the wire: the attempt and the count, then per event its place, its time, the id the host gave it, and its bytes.</summary>
internal static class BatchMessage
{
    private const int GuidBytes = 16;
    private const int EventHeaderBytes = sizeof(ulong) + sizeof(long) + GuidBytes + sizeof(int);

    public static void Write(EventBatch batch, IBufferWriter<byte> output)
    {
        Span<byte> head = output.GetSpan(2 * sizeof(int));
        BinaryPrimitives.WriteInt32LittleEndian(head, batch.Attempt);
        BinaryPrimitives.WriteInt32LittleEndian(head[sizeof(int)..], batch.Count);
        output.Advance(2 * sizeof(int));
        for (int i = 0; i < batch.Count; i++)
            Write(batch[i].Event, output);
    }

    /// <summary>Reads a batch. The events keep the memory that they are read from.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="room">Events that may be used again; grows where there are too few.</param>
    /// <exception cref="InvalidDataException">The bytes are no batch.</exception>
    public static (int Attempt, ArraySegment<ParsedEvent> Events) Read(ReadOnlyMemory<byte> content, ref ParsedEvent[] room)
    {
        ReadOnlySpan<byte> bytes = content.Span;
        if (bytes.Length < 2 * sizeof(int))
            throw new InvalidDataException("A batch is cut short.");
        int attempt = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        int count = BinaryPrimitives.ReadInt32LittleEndian(bytes[sizeof(int)..]);
        int position = 2 * sizeof(int);
        if (count < 0 || count > (bytes.Length - position) / EventHeaderBytes)
            throw new InvalidDataException("A batch is cut short.");
        int known = room.Length;
        if (count > known)
            Array.Resize(ref room, count);
        for (int i = 0; i < count; i++)
        {
            if (i >= known)
                room[i] = new ParsedEvent();
            Read(content, ref position, room[i]);
        }

        return (attempt, new ArraySegment<ParsedEvent>(room, 0, count));
    }

    private static void Write(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> json = auditEvent.Json.Span;
        Span<byte> target = output.GetSpan(EventHeaderBytes + json.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(target, auditEvent.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], auditEvent.ReceivedAt.UtcTicks);
        Guid assigned = (auditEvent as ParsedEvent)?.AssignedId ?? Guid.Empty;
        assigned.TryWriteBytes(target[16..]);
        BinaryPrimitives.WriteInt32LittleEndian(target[(16 + GuidBytes)..], json.Length);
        json.CopyTo(target[EventHeaderBytes..]);
        output.Advance(EventHeaderBytes + json.Length);
    }

    private static void Read(ReadOnlyMemory<byte> content, ref int position, ParsedEvent target)
    {
        ReadOnlySpan<byte> bytes = content.Span[position..];
        if (bytes.Length < EventHeaderBytes)
            throw new InvalidDataException("A batch is cut short.");
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes[(16 + GuidBytes)..]);
        if (length < 0 || length > bytes.Length - EventHeaderBytes)
            throw new InvalidDataException("A batch is cut short.");
        ReadOnlyMemory<byte> json = content.Slice(position + EventHeaderBytes, length);
        if (!EventParser.TryParse(json.Span, out EventIndex index, out EventError? error))
            throw new InvalidDataException($"An event of the journal is none: {error!.Reason}");
        var assigned = new Guid(bytes.Slice(16, GuidBytes));
        target.Set(
            json, index, BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]), assigned == Guid.Empty ? null : assigned);
        position += EventHeaderBytes + length;
    }
}
