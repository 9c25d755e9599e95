using System.Buffers.Binary;
using System.Text;

namespace AuditHost.Tests.Intake.Http.Otlp;

/// <summary>A message of Protocol Buffers, field by field, as "Encoding" of its documentation has it.</summary>
internal sealed class Message
{
    private readonly List<byte> _bytes = [];

    public byte[] Bytes => [.. _bytes];

    public Message Number(int field, ulong value)
    {
        Varint((ulong)field << 3);
        Varint(value);
        return this;
    }

    public Message Fixed64(int field, ulong value)
    {
        Varint(((ulong)field << 3) | 1);
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    public Message Put(int field, params byte[] value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    public Message Put(int field, string value) => Put(field, Encoding.UTF8.GetBytes(value));

    public Message Put(int field, Message value) => Put(field, value.Bytes);

    /// <summary>A KeyValue.</summary>
    public Message Attribute(int field, string key, Message value) => Put(field, new Message().Put(1, key).Put(2, value));

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}
