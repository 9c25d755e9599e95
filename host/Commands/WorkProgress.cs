namespace AuditHost.Commands;

/// <summary>How far one part of long work has come.</summary>
/// <param name="Name">The part, for instance a destination.</param>
/// <param name="Done">Events that are done with.</param>
/// <param name="Total">All events of it; may grow.</param>
internal readonly record struct WorkProgress(string Name, long Done, long Total)
{
    public override string ToString() => FormattableString.Invariant($"{Name}: {Math.Min(Done, Total):N0} of {Counted.Of(Total, "event")}");
}
