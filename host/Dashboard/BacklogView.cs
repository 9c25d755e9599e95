namespace AuditHost.Dashboard;

/// <summary>What waits for a destination that the site does not serve.</summary>
/// <param name="Name">The name it had.</param>
/// <param name="State"><c>removed</c> from the site file, or <c>disabled</c> in it.</param>
/// <param name="Position">The first event that waits.</param>
/// <param name="Events">How many wait.</param>
/// <param name="Bytes">What they take on disk.</param>
/// <param name="Since">When the oldest of them was accepted; <see langword="null"/> where none waits.</param>
/// <param name="DeadLetters">Its open dead letters.</param>
internal sealed record BacklogView(string Name, string State, ulong Position, ulong Events, long Bytes, DateTimeOffset? Since, int DeadLetters)
{
    public const string Removed = "removed";
    public const string Disabled = "disabled";

    public override string ToString() =>
        $"'{Name}' ({State}): {Counted.Of((long)Events, "event")} of {Counted.Of(Bytes, "byte")}{(Since is { } since ? $" since {since:u}" : string.Empty)}";
}
