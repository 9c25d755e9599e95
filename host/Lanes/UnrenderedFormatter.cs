using System.Buffers;
using AuditHost.Sdk;

namespace AuditHost.Lanes;

/// <summary>Stands where another process renders.</summary>
internal sealed class UnrenderedFormatter : IEventFormatter
{
    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output) =>
        throw new InvalidOperationException("Events of this destination are rendered in a process of their own.");
}
