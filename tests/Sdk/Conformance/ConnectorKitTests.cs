using static AuditHost.Sdk.Conformance.Fault;

namespace AuditHost.Sdk.Conformance;

/// <summary>Each fault of a connector is found by the facts that are about it, and by no other.</summary>
public sealed class ConnectorKitTests
{
    public static TheoryData<Fault, string[]> Faults => new()
    {
        { None, [] },
        { HasBadTypeName, ["Factory_is_one_that_a_host_takes"] },
        { TakesUnknownKeys, ["Settings_are_described_and_unknown_ones_refused"] },
        { ConnectsInCreate, ["Create_opens_nothing"] },
        { KeepsMemory, ["Memory_of_a_batch_is_not_read_after_the_send"] },
        { SwapsOutcomes, ["Parallel_sends_get_their_own_answers"] },
        { SendsOneAtATime, ["Parallel_sends_get_their_own_answers"] },
        { ChangesOnRetry, ["Another_attempt_sends_the_same", "Retry_repeats_the_request"] },
        { Retries, ["Connector_does_not_retry"] },
        { SwallowsCancellation, ["Cancellation_at_every_stage_ends_the_send", "Cancellation_at_every_step_leaves_the_connector_usable", "Cancelled_token_ends_the_send"] },
        { PassesOnBadIndexes, ["Index_beyond_the_batch_is_not_passed_on"] },
        { IgnoresToken, ["Cancellation_at_every_stage_ends_the_send"] },
        { DropsRetryAfter, ["Throttling_is_reported_with_its_wait"] },
        { TakesRefusalForTransient, ["Refusal_is_reported_as_rejected"] },
        { TakesBadCredentialsForRefusal, ["Refused_sender_is_misconfigured"] },
        { ThrowsOnGarbage, ["Hostile_answers_are_failures"] },
        { ReadsEndlessAnswers, ["Endless_answer_is_not_read_to_its_end"] },
        { FollowsRedirects, ["Redirect_is_not_followed"] },
        { QuotesAnswers, ["Secrets_stay_out_of_reasons_and_log"] },
        { LogsSecret, ["Secrets_stay_out_of_reasons_and_log"] },
        { ProbesWithAnEvent, ["Probe_has_no_side_effects"] },
        { ThrowsFromSecondDispose, ["Disposing_twice_does_nothing_more", "Disposing_works_without_a_start"] },
        { ThrowsWithoutStart, ["Disposing_works_without_a_start"] },
        { LeaksHostTimer, ["No_timer_and_no_thread_is_left", "Plugin_unloads"] },
        { LeaksTimer, ["Plugin_unloads"] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_is_found_by_the_facts_about_it(Fault fault, string[] facts)
    {
        IReadOnlyDictionary<string, string> failures = await ConformanceRun.FailuresAsync(() => new FaultyConformance(fault));

        Assert.Equal(facts, failures.Keys);
        Assert.All(failures.Values, message => Assert.Contains("of sdk/README.md", message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_that_is_not_read_is_found()
    {
        IReadOnlyDictionary<string, string> failures = await ConformanceRun.FailuresAsync(() => new FaultyConformance(IgnoresPartialFailures));

        // Whether the head of an answer or the cancellation is seen first is chance, so that fact may find it or not.
        Assert.Equal(
            ["Endless_answer_is_not_read_to_its_end", "Hostile_answers_are_failures", "Index_beyond_the_batch_is_not_passed_on", "Partial_failure_names_the_event_that_failed"],
            failures.Keys.Except(["Cancellation_at_every_stage_ends_the_send"]));
    }

    [Fact]
    public async Task Delivery_that_is_only_claimed_is_found()
    {
        IReadOnlyDictionary<string, string> failures = await ConformanceRun.FailuresAsync(() => new FaultyConformance(ClaimsDeliveryBeforehand));

        Assert.Contains("was reported as delivered and did not arrive", failures["Delivered_batch_has_arrived"], StringComparison.Ordinal);
    }
}
