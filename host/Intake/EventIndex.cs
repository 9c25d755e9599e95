using System.Runtime.CompilerServices;
using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>What the one pass over an event's bytes found. Relative to the event, so it survives a copy of the bytes.</summary>
internal struct EventIndex
{
    private FieldRanges _ranges;

    /// <summary>UTC ticks of the event's own time; 0 where it has none that can be read.</summary>
    public long TimeTicks;

    public Severity Severity;

    public FieldRange this[EventField field]
    {
        readonly get => _ranges[(int)field];
        set => _ranges[(int)field] = value;
    }

    [InlineArray((int)EventField.PreviousHash + 1)]
    private struct FieldRanges
    {
        private FieldRange _first;
    }
}
