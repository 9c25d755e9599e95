using System.Buffers;
using System.Buffers.Binary;

namespace AuditHost.Fakes.WebSockets;

/// <summary>Writes the frames of a server, which are not masked.</summary>
public static class ServerFrames
{
    public const int TextOpcode = 1;
    public const int BinaryOpcode = 2;
    public const int CloseOpcode = 8;
    public const int PingOpcode = 9;
    public const int PongOpcode = 10;

    /// <summary>Writes a frame.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="opcode">Its opcode.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="isFinal">Whether it ends a message.</param>
    public static void Write(IBufferWriter<byte> output, int opcode, ReadOnlySpan<byte> payload, bool isFinal = true)
    {
        ArgumentNullException.ThrowIfNull(output);
        Span<byte> header = output.GetSpan(10);
        header[0] = (byte)(opcode | (isFinal ? 0x80 : 0));
        int length = 2;
        if (payload.Length < 126)
        {
            header[1] = (byte)payload.Length;
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            header[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)payload.Length);
            length = 4;
        }
        else
        {
            header[1] = 127;
            BinaryPrimitives.WriteInt64BigEndian(header[2..], payload.Length);
            length = 10;
        }

        output.Advance(length);
        output.Write(payload);
    }

    public static void WriteText(IBufferWriter<byte> output, ReadOnlySpan<byte> text) => Write(output, TextOpcode, text);

    /// <summary>Writes a close frame; with 1005, one without a code.</summary>
    public static void WriteClose(IBufferWriter<byte> output, int code, string reason = "")
    {
        byte[] payload = new byte[2 + System.Text.Encoding.UTF8.GetByteCount(reason)];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        System.Text.Encoding.UTF8.GetBytes(reason, payload.AsSpan(2));
        Write(output, CloseOpcode, code == 1005 ? [] : payload);
    }
}
