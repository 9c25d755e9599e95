using System.Buffers;

namespace AuditHost.Sdk;

/// <summary>Writes one event as UTF-8. One instance serves many threads.</summary>
public interface IEventFormatter
{
    /// <summary>The media type of one formatted event, for instance <c>application/json</c>.</summary>
    string ContentType { get; }

    /// <summary>
    /// Writes one event without any separator. A <see cref="FormatException"/> says that this event cannot be expressed:
    /// it becomes a dead letter, and the others go on.
    /// </summary>
    void Format(AuditEvent auditEvent, IBufferWriter<byte> output);
}
