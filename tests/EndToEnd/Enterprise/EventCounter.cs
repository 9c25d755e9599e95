using System.Diagnostics;

namespace AuditHost.EndToEnd.Enterprise;

/// <summary>A destination that counts events by type and severity.</summary>
/// <param name="destination">The destination's name.</param>
/// <param name="counts">Its counters.</param>
/// <param name="violations">Where its maker's rules were broken.</param>
internal sealed class EventCounter(
    string destination, Func<Task<IReadOnlyDictionary<(string Type, string Severity), long>>> counts, Func<IEnumerable<string>> violations)
    : EnterpriseServer(destination, violations)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks again while there are too few: whoever fetches the counters takes his time.</summary>
    public override async Task AssertTookAsync(IReadOnlyList<MixedEvent> wanted)
    {
        var asked = Stopwatch.StartNew();
        IReadOnlyDictionary<(string Type, string Severity), long> counted = await counts();
        while (counted.Values.Sum() < wanted.Count && asked.Elapsed < Patience)
        {
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
            counted = await counts();
        }

        // Datadog knows tags in small letters alone.
        Assert.Equal(
            wanted.CountBy(one => Name(one.Type, one.Severity)).Select(group => (group.Key, (long)group.Value)).Order(),
            counted.Select(counter => (Name(counter.Key.Type, counter.Key.Severity), counter.Value)).Order());
    }

    private static string Name(string type, string severity) => $"{type} {severity}".ToUpperInvariant();
}
