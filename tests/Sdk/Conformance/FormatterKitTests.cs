using static AuditHost.Sdk.Conformance.FormatFault;

namespace AuditHost.Sdk.Conformance;

/// <summary>Each fault of a formatter is found by the facts that are about it, and by no other.</summary>
public sealed class FormatterKitTests
{
    public static TheoryData<FormatFault, string[]> Faults => new()
    {
        { None, [] },
        { LeavesLineBreaks, ["Every_event_is_one_frame"] },
        { LeavesOddBytes, ["Every_event_is_one_frame"] },
        { ThrowsOnMissing, ["Every_event_is_one_frame", "Every_event_is_written_or_refused", "Same_event_gives_the_same_bytes"] },
        { CountsEvents, ["Same_event_gives_the_same_bytes"] },
        { SharesBuffer, ["Same_event_gives_the_same_bytes"] },
        { AdvancesTooFar, ["Same_event_gives_the_same_bytes"] },
        { ClaimsJson, ["Every_event_is_one_frame"] },
        { KeepsTimer, ["Plugin_unloads"] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_is_found_by_the_facts_about_it(FormatFault fault, string[] facts)
    {
        IReadOnlyDictionary<string, string> failures = await ConformanceRun.FailuresAsync(() => new FaultyFormatConformance(fault));

        Assert.Equal(facts, failures.Keys);
        Assert.All(failures.Values, message => Assert.Contains("of sdk/README.md", message, StringComparison.Ordinal));
    }
}
