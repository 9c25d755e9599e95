using static AuditHost.Sdk.Conformance.StreamFault;

namespace AuditHost.Sdk.Conformance;

/// <summary>Each fault of a connector over a connection is found by the facts that are about it.</summary>
public sealed class StreamKitTests
{
    private const string Absent = "Absent_destination_is_a_failure";
    private const string Deadline = "Peer_that_reads_nothing_is_left_at_the_deadline";
    private const string Reset = "Reset_connection_is_replaced";
    private const string ResetAlways = "Peer_that_resets_every_connection_is_a_failure";

    private const string Talk = "Peer_that_talks_or_half_closes_does_no_harm";

    /// <summary>The facts that must fail, and those that may: when a reset is felt is the network's affair.</summary>
    public static TheoryData<StreamFault, string[], string[]> Faults => new()
    {
        { None, [], [] },
        { KeepsBrokenConnection, [Deadline, Reset], [Talk, ResetAlways] },
        { KeepsConnectionAfterDeadline, [Deadline], [] },
        { IgnoresToken, [Deadline], [] },
        { SwallowsErrors, [Absent, Reset], [Talk, ResetAlways] },
        { ThrowsOddly, [Absent], [Talk, Reset, ResetAlways] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_is_found_by_the_facts_about_it(StreamFault fault, string[] facts, string[] others)
    {
        IReadOnlyDictionary<string, string> failures = await ConformanceRun.FailuresAsync(() => new FaultyStreamConformance(fault));

        Assert.Equal(facts, failures.Keys.Except(others));
        Assert.All(failures.Values, message => Assert.Contains("of sdk/README.md", message, StringComparison.Ordinal));
    }
}
