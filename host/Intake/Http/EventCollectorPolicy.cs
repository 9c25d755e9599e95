using Microsoft.Extensions.ObjectPool;

namespace AuditHost.Intake.Http;

/// <summary>Keeps collectors for the next request, unless a large one has made them large.</summary>
internal sealed class EventCollectorPolicy(IntakeLimits limits) : IPooledObjectPolicy<EventCollector>
{
    public EventCollector Create() => new(limits);

    public bool Return(EventCollector obj)
    {
        bool keep = obj.IsSmall;
        obj.Clear();
        return keep;
    }
}
