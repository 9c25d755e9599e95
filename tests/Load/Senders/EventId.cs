using System.Buffers.Text;
using System.Diagnostics;

namespace AuditHost.Load;

/// <summary>The ids of the load: when the event was due and which one it is, in text of one length, so that it can be written in place.</summary>
internal static class EventId
{
    public const int Length = 37;

    private const int TimeDigits = 19;
    private const int SequenceDigits = 12;

    public static string Placeholder { get; } = "load-" + new string('0', TimeDigits) + "-" + new string('0', SequenceDigits);

    /// <summary>Writes an id over a placeholder.</summary>
    /// <param name="id">The placeholder's bytes.</param>
    /// <param name="time">A <see cref="Stopwatch"/> timestamp.</param>
    /// <param name="sequence">The event's number.</param>
    public static void Write(Span<byte> id, long time, long sequence)
    {
        Utf8Formatter.TryFormat(time, id[5..], out _, new System.Buffers.StandardFormat('D', TimeDigits));
        Utf8Formatter.TryFormat(sequence, id[(6 + TimeDigits)..], out _, new System.Buffers.StandardFormat('D', SequenceDigits));
    }

    /// <summary>Reads what follows a marker of <see cref="Samples"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> digits, out long time, out long sequence)
    {
        sequence = 0;
        return Utf8Parser.TryParse(digits, out time, out int length) && length == TimeDigits && digits.Length > TimeDigits
            && Utf8Parser.TryParse(digits[(TimeDigits + 1)..], out sequence, out length) && length == SequenceDigits;
    }
}
