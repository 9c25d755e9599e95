using System.Buffers;
using System.Buffers.Text;
using AuditHost.Sdk;

namespace AuditHost.Formatting;

/// <summary>Joins formatted events into one body.</summary>
internal static class Framer
{
    /// <summary>The most bytes a frame adds to an event: RFC 6587's length of up to ten digits and a space.</summary>
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
        {
            output.Write(","u8);
        }
        else if (framing == Framing.OctetCount)
        {
            Span<byte> prefix = output.GetSpan(MaxOverhead);
            if (!Utf8Formatter.TryFormat(length, prefix, out int digits))
                throw new InvalidOperationException("No room for the octet count.");
            prefix[digits] = (byte)' ';
            output.Advance(digits + 1);
        }
    }

    /// <summary>Writes what stands behind an event.</summary>
    public static void AfterEvent(Framing framing, IBufferWriter<byte> output)
    {
        if (framing == Framing.Newline)
            output.Write("\n"u8);
        else if (framing == Framing.Nul)
            output.Write("\0"u8);
    }

    public static void End(Framing framing, IBufferWriter<byte> output)
    {
        if (framing == Framing.JsonArray)
            output.Write("]"u8);
    }
}
