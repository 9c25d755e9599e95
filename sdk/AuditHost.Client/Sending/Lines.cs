using System.Buffers;

namespace AuditHost.Client.Sending;

/// <summary>The body of a request: one event a line.</summary>
internal static class Lines
{
    public static ReadOnlyMemory<byte> Of(IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        var body = new ArrayBufferWriter<byte>(events.Sum(one => one.Length + 1));
        foreach (ReadOnlyMemory<byte> one in events)
        {
            body.Write(one.Span);
            body.Write("\n"u8);
        }

        return body.WrittenMemory;
    }
}
