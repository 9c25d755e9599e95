using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Metrics;

/// <summary>How many events of each type and severity there were. Not safe for several threads.</summary>
internal sealed class EventCounts
{
    private const int Severities = (int)Severity.Critical + 1;

    private readonly long[] _counts = new long[TypeNames.Limit * Severities];

    /// <summary>Counts the events of a batch.</summary>
    public void Add(EventBatch batch, TypeNames types)
    {
        for (int index = 0; index < batch.Count; index++)
        {
            AuditEvent auditEvent = batch[index].Event;
            _counts[(types.NumberOf(auditEvent.Type) * Severities) + (int)auditEvent.Severity]++;
        }
    }

    public void Add(EventCounts other)
    {
        for (int place = 0; place < _counts.Length; place++)
            _counts[place] += other._counts[place];
    }

    /// <summary>The next place whose count is not zero.</summary>
    /// <param name="place">Where to begin; then where it is.</param>
    /// <param name="type">The number of its type.</param>
    /// <param name="severity">Its severity.</param>
    /// <param name="count">How many there were.</param>
    public bool TryNext(ref int place, out int type, out Severity severity, out long count)
    {
        while (place < _counts.Length && _counts[place] == 0)
            place++;
        bool found = place < _counts.Length;
        count = found ? _counts[place] : 0;
        (type, int rest) = Math.DivRem(place, Severities);
        severity = (Severity)rest;
        place++;
        return found;
    }
}
