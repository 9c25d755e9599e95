using System.Buffers;
using AuditHost.Sdk;

namespace AuditHost.Tests.Lanes;

/// <summary>Renders an event as it was received.</summary>
internal sealed class RawFormatter : IEventFormatter
{
    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output) => output.Write(auditEvent.Json.Span);
}
