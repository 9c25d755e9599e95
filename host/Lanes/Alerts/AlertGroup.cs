using AuditHost.Sdk;

namespace AuditHost.Lanes.Alerts;

/// <summary>The events of one alert in a batch.</summary>
/// <param name="key">What they have in common.</param>
/// <param name="label">The same for people.</param>
/// <param name="index">Which event of the batch stands for them: the most severe, of these the first.</param>
/// <param name="openedAt">When the first of them was read, as a timestamp of the clock.</param>
internal sealed class AlertGroup(string key, string label, int index, long openedAt)
{
    private readonly List<ulong> _others = [];

    public string Key => key;

    public string Label => label;

    public int Index => index;

    public long OpenedAt => openedAt;

    public int Count => _others.Count + 1;

    /// <summary>The sequence numbers of the events that another one stands for.</summary>
    public IReadOnlyList<ulong> Others => _others;

    public Severity Severity { get; private set; }

    public DateTimeOffset First { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset Last { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Takes note of an event.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="other">The one that does not stand for the group: this one, or the one whose place it takes. None for the first.</param>
    public void Add(AuditEvent auditEvent, ulong? other)
    {
        if (other is { } sequence)
            _others.Add(sequence);
        if (auditEvent.Severity > Severity)
            Severity = auditEvent.Severity;
        DateTimeOffset time = auditEvent.Time;
        if (time < First)
            First = time;
        if (time > Last)
            Last = time;
    }
}
