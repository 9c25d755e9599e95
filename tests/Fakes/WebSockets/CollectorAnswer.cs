using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AuditHost.Fakes.WebSockets;

/// <summary>What a collector says to a message.</summary>
/// <param name="Frames">The frames, as they go over the wire.</param>
/// <param name="Ends">Whether the connection ends with them.</param>
public sealed record CollectorAnswer(ReadOnlyMemory<byte> Frames, bool Ends = false)
{
    public static CollectorAnswer Nothing { get; } = new(ReadOnlyMemory<byte>.Empty);

    /// <summary>Ends the connection without a word.</summary>
    public static CollectorAnswer BreakOff { get; } = new(ReadOnlyMemory<byte>.Empty, Ends: true);

    /// <summary>Acknowledges ids, a list of them where there are several.</summary>
    public static CollectorAnswer Acknowledge(params IReadOnlyList<string> ids) =>
        Text($$"""{"ack":{{(ids.Count == 1 ? JsonSerializer.Serialize(ids[0]) : JsonSerializer.Serialize(ids))}}}""");

    /// <summary>Refuses an id.</summary>
    public static CollectorAnswer Refuse(string id, string reason, bool? retry = null) =>
        Text($$"""{"nack":"{{id}}","error":{{JsonSerializer.Serialize(reason)}}{{(retry is { } again ? $",\"retry\":{(again ? "true" : "false")}" : string.Empty)}}}""");

    public static CollectorAnswer Text(string text) => Frame(ServerFrames.TextOpcode, Encoding.UTF8.GetBytes(text));

    public static CollectorAnswer Binary(string text) => Frame(ServerFrames.BinaryOpcode, Encoding.UTF8.GetBytes(text));

    /// <summary>Says a text in frames of one byte, with a ping between each two.</summary>
    public static CollectorAnswer Crumbs(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int index = 0; index < bytes.Length; index++)
        {
            ServerFrames.Write(output, index == 0 ? ServerFrames.TextOpcode : 0, bytes.AsSpan(index, 1), isFinal: index == bytes.Length - 1);
            ServerFrames.Write(output, ServerFrames.PingOpcode, "crumb"u8);
        }

        return new CollectorAnswer(output.WrittenSpan.ToArray());
    }

    public static CollectorAnswer Close(int code, string reason = "")
    {
        var output = new ArrayBufferWriter<byte>();
        ServerFrames.WriteClose(output, code, reason);
        return new CollectorAnswer(output.WrittenSpan.ToArray(), Ends: true);
    }

    /// <summary>This and what comes after it.</summary>
    public CollectorAnswer Then(CollectorAnswer next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new CollectorAnswer((byte[])[.. Frames.Span, .. next.Frames.Span], next.Ends);
    }

    private static CollectorAnswer Frame(int opcode, byte[] payload)
    {
        var output = new ArrayBufferWriter<byte>();
        ServerFrames.Write(output, opcode, payload);
        return new CollectorAnswer(output.WrittenSpan.ToArray());
    }
}
