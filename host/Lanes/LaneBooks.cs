using AuditHost.Journal;

namespace AuditHost.Lanes;

/// <summary>A lane's books at one moment: accepted = delivered + buffered + dead-lettered + filtered + dropped.</summary>
/// <param name="Destination">Whose they are.</param>
/// <param name="State">What is settled, and how.</param>
/// <param name="Buffered">Accepted by the host and not yet settled here.</param>
internal sealed record LaneBooks(string Destination, CursorState State, ulong Buffered)
{
    /// <summary>Accepted since the destination was added.</summary>
    public ulong Accepted => State.Position - State.Origin + Buffered;

    public static LaneBooks Of(Lane lane)
    {
        // The cursor first: read the other way round it can have passed the head that was read.
        CursorState state = lane.Books;
        return new LaneBooks(lane.Destination.Options.Name, state, lane.Head - state.Position);
    }
}
