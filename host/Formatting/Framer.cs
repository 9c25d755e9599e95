using System.Buffers;
using System.Buffers.Text;
using AuditHost.Sdk;

namespace AuditHost.Formatting;

/// <summary>Joins formatted events into one body.</summary>
internal static class Framer
{
    /// <summary>The most bytes that stand in front of an event: RFC 6587's length of up to ten digits and a space.</summary>
    public const int MaxOverhead = 11;

    public static void Begin(Framing framing, IBufferWriter<byte> output)
    {
        if (framing == Framing.JsonArray)
            output.Write("["u8);
    }

    /// <summary>Writes what stands before an event.</summary>
    public static void BeforeEvent(Framing framing, bool first, int length, IBufferWriter<byte> output)
    {
        if (framing == Framing.JsonArray && !first)
            output.Write(","u8);
        else if (framing == Framing.OctetCount)
            output.Advance(WriteOctetCount(length, output.GetSpan(MaxOverhead)));
    }

    /// <summary>Writes RFC 6587's count for an event of a length.</summary>
    /// <returns>The bytes written, at most <see cref="MaxOverhead"/>.</returns>
    public static int WriteOctetCount(int length, Span<byte> target)
    {
        if (!Utf8Formatter.TryFormat(length, target[..^1], out int digits))
            throw new ArgumentException("The target is shorter than the longest count.", nameof(target));
        target[digits] = (byte)' ';
        return digits + 1;
    }

    /// <summary>Writes what stands behind an event.</summary>
    public static void AfterEvent(Framing framing, IBufferWriter<byte> output)
    {
        if (framing == Framing.Newline)
            output.Write("\n"u8);
        else if (framing == Framing.Nul)
            output.Write("\0"u8);
    }

    /// <summary>The bytes that <see cref="End"/> writes.</summary>
    public static int ClosingBytes(Framing framing) => framing == Framing.JsonArray ? 1 : 0;

    public static void End(Framing framing, IBufferWriter<byte> output)
    {
        if (framing == Framing.JsonArray)
            output.Write("]"u8);
    }
}
