namespace AuditHost.EndToEnd.Enterprise;

/// <summary>What a destination of the site leads to.</summary>
/// <param name="Destination">The destination's name in the site file.</param>
/// <param name="Messages">What it took, one text for each event.</param>
/// <param name="Violations">Where its maker's rules were broken.</param>
internal sealed record EnterpriseServer(string Destination, Func<IEnumerable<string>> Messages, Func<IEnumerable<string>> Violations)
{
    /// <summary>The events it took. Each message is one event.</summary>
    public IReadOnlySet<string> Taken()
    {
        var taken = new HashSet<string>();
        foreach (string message in Messages())
            taken.Add(Assert.Single(TestEvents.IdsIn(message).Distinct()));
        return taken;
    }
}
