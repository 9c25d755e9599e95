using System.Buffers;
using AuditHost.Sdk;

namespace AuditHost.Formatting;

/// <summary>Renders the body of a whole batch at once. One instance serves many threads.</summary>
internal interface IBodyFormatter
{
    string ContentType { get; }

    /// <exception cref="FormatException">This batch cannot be expressed; a single event becomes a dead letter.</exception>
    void Format(ReadOnlySpan<OutboundEvent> events, BatchFacts facts, IBufferWriter<byte> output);
}
