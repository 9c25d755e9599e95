using AuditHost.Sdk;

namespace AuditHost.Tests.Delivery;

/// <summary>Batches for the links of the chain, which look at nothing but their count.</summary>
internal static class Batches
{
    public static EventBatch Of(int count) => new(
        Enumerable.Range(1, count).Select(number => new OutboundEvent(Events.Numbered(number), "log", default)).ToArray(), default, "text/plain");
}
