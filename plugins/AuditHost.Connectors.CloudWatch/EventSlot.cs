namespace AuditHost.Connectors.CloudWatch;

/// <summary>An event's place in the order in which it is sent.</summary>
/// <param name="Time">Its time in milliseconds since 1970.</param>
/// <param name="Index">Which event of the batch it is.</param>
internal readonly record struct EventSlot(long Time, int Index) : IComparable<EventSlot>
{
    /// <summary>By time; events of one time stay as they came.</summary>
    public int CompareTo(EventSlot other) => Time != other.Time ? Time.CompareTo(other.Time) : Index.CompareTo(other.Index);
}
