namespace AuditHost.EndToEnd.Enterprise;

/// <summary>What a destination of the site leads to.</summary>
/// <param name="destination">The destination's name in the site file.</param>
/// <param name="violations">Where its maker's rules were broken.</param>
internal abstract class EnterpriseServer(string destination, Func<IEnumerable<string>> violations)
{
    public string Destination => destination;

    /// <summary>The least severity that the destination asks for by its own key.</summary>
    public string Threshold { get; init; } = "Info";

    public IEnumerable<string> Violations => violations();

    /// <summary>Insists that it took these events and no others.</summary>
    public abstract Task AssertTookAsync(IReadOnlyList<MixedEvent> wanted);
}
