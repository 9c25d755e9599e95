using System.Buffers.Binary;
using System.Security.Cryptography;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog.Spans;

/// <summary>
/// Ids of traces and spans, the same on every attempt: a trace is an operation, by its id, and a span an event. Digests, so that no two are alike by chance.
/// </summary>
internal static class SpanIds
{
    public const int TraceBytes = 16;
    public const int SpanBytes = 8;

    // Room for a sequence number before the text, so that two events with one id are two spans.
    private const int MaxText = 512;

    /// <summary>The trace of an event's operation; of an event without one, a trace of its own.</summary>
    public static void WriteTrace(AuditEvent auditEvent, Span<byte> target) =>
        Write(0, auditEvent.Operation.HasValue && !auditEvent.Operation.Raw.IsEmpty ? auditEvent.Operation : auditEvent.Id, target[..TraceBytes]);

    /// <summary>The span of an event.</summary>
    public static void WriteSpan(AuditEvent auditEvent, Span<byte> target) => Write(auditEvent.Sequence, auditEvent.Id, target[..SpanBytes]);

    private static void Write(ulong sequence, EventValue text, Span<byte> target)
    {
        Span<byte> source = stackalloc byte[sizeof(ulong) + MaxText];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(source, sequence);
        using var decoded = new DecodedText(text);
        ReadOnlySpan<byte> cut = Utf8Text.Cut(decoded.Utf8, MaxText);
        cut.CopyTo(source[sizeof(ulong)..]);
        SHA256.HashData(source[..(sizeof(ulong) + cut.Length)], digest);
        digest[..target.Length].CopyTo(target);

        // Zero is the word for none.
        target[^1] |= 1;
    }
}
