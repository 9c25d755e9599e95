namespace AuditHost.EndToEnd.Enterprise;

/// <summary>A destination that keeps each event.</summary>
/// <param name="destination">The destination's name.</param>
/// <param name="messages">What it took, one text for each event.</param>
/// <param name="violations">Where its maker's rules were broken.</param>
internal sealed class EventStore(string destination, Func<IEnumerable<string>> messages, Func<IEnumerable<string>> violations) : EnterpriseServer(destination, violations)
{
    public override Task AssertTookAsync(IReadOnlyList<MixedEvent> wanted)
    {
        IEnumerable<string> taken = messages().Select(message => Assert.Single(TestEvents.IdsIn(message).Distinct())).Distinct();
        Assert.Equal(wanted.Select(one => one.Id).Order(StringComparer.Ordinal), taken.Order(StringComparer.Ordinal));
        return Task.CompletedTask;
    }
}
