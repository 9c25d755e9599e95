using System.Buffers;
using AuditHost.Sdk;

namespace AuditHost.Lanes;

/// <summary>A batch as the connector sees it, for one attempt.</summary>
internal readonly struct SealedBatch(EventBatch batch, OutboundEvent[] rented) : IDisposable
{
    public EventBatch Batch { get; } = batch;

    public void Dispose() => ArrayPool<OutboundEvent>.Shared.Return(rented, clearArray: true);
}
