namespace AuditHost.Faults.Model;

/// <summary>One destination: what it got, and where its cursor may stand.</summary>
/// <param name="origin">Where it began.</param>
internal sealed class LaneModel(ulong origin)
{
    public ulong Origin { get; } = origin;

    public HashSet<ulong> Delivered { get; } = [];

    /// <summary>The furthest position ever written: a cursor beyond it leads.</summary>
    public ulong Settled { get; private set; } = origin;

    /// <summary>The position that survives the process.</summary>
    public ulong Written { get; private set; } = origin;

    /// <summary>The position that the journal says survives a power cut.</summary>
    public ulong Durable { get; private set; } = origin;

    public void Write(ulong position, bool written)
    {
        Settled = Math.Max(Settled, position);

        // A write that failed may have cost what the one before it wrote, but nothing that was synced.
        Written = written ? position : Durable;
    }

    public void Sync(ulong position) => Durable = Math.Max(Durable, position);

    /// <summary>Whether the newer of its two slots could not be read once, so that it began again a little before where it was.</summary>
    public bool FellBack { get; private set; }

    /// <summary>Takes what a fresh start shows.</summary>
    /// <param name="name">The destination.</param>
    /// <param name="position">Where its cursor stands.</param>
    /// <param name="powerCut">Whether the machine lost power, or only the process ended.</param>
    /// <param name="unreadable">Whether something could not be read on the way.</param>
    public void Check(string name, ulong position, bool powerCut, bool unreadable)
    {
        JournalModel.Require(position <= Settled, $"The cursor of {name} stands at {position}, though only what lies before {Settled} is settled.");
        ulong lowest = powerCut ? Durable : Written;
        FellBack |= unreadable && position < lowest;
        JournalModel.Require(position >= lowest || FellBack, $"The cursor of {name} fell back to {position}, though {lowest} was safe.");
        Written = position;
        Durable = Math.Min(Durable, position);
    }
}
