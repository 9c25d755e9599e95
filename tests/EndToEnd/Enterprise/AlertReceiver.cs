namespace AuditHost.EndToEnd.Enterprise;

/// <summary>A destination that gets few messages about many events.</summary>
/// <param name="destination">The destination's name.</param>
/// <param name="counts">Of how many events each message speaks.</param>
/// <param name="violations">Where its maker's rules were broken.</param>
internal sealed class AlertReceiver(string destination, Func<IEnumerable<long>> counts, Func<IEnumerable<string>> violations) : EnterpriseServer(destination, violations)
{
    public override Task AssertTookAsync(IReadOnlyList<MixedEvent> wanted)
    {
        long[] messages = [.. counts()];
        Assert.Equal(wanted.Count, messages.Sum());
        Assert.InRange(messages.Length, wanted.Select(one => (one.Type, one.Severity)).Distinct().Count(), wanted.Count / 10);
        return Task.CompletedTask;
    }
}
