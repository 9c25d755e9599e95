using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>Writes requests of one API.</summary>
internal interface ITelemetryBody
{
    TelemetryKind Kind { get; }

    /// <summary>The media type of a request.</summary>
    string ContentType { get; }

    /// <summary>A request without any data.</summary>
    ReadOnlyMemory<byte> Empty { get; }

    /// <summary>Why an event is too large to be kept as it should; <see langword="null"/> where it is not.</summary>
    string? Refuse(in OutboundEvent outbound, string contentType);

    /// <summary>Writes a request with the events of a plan that want this kind.</summary>
    void Write(BatchPlan plan, PooledBuffer body);
}
