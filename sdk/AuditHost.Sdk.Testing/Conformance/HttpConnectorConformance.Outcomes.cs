namespace AuditHost.Sdk.Testing;

public abstract partial class HttpConnectorConformance
{
    /// <summary>Too many requests: the host waits as long as asked.</summary>
    [Fact]
    public async Task Throttling_is_reported_with_its_wait()
    {
        SendOutcome outcome = await ExpectAsync(Throttled, FailureKind.Throttled, "asks for a slower pace");
        Rule.Outcomes.Holds(
            outcome.Result.RetryAfter == RetryAfter,
            $"The destination asks to wait {RetryAfter.TotalSeconds} s, the result says {outcome.Result.RetryAfter?.ToString() ?? "nothing"}.",
            "Pass Retry-After on; RetryAfter.Of in the PluginKit reads it.");
    }

    /// <summary>What the destination will never take becomes a dead letter.</summary>
    [Fact]
    public Task Refusal_is_reported_as_rejected() => ExpectAsync(Refused, FailureKind.Rejected, "refuses the events");

    /// <summary>A batch that is too large is halved.</summary>
    [Fact]
    public Task Too_large_a_batch_is_reported_as_such() => ExpectAsync(TooLarge, FailureKind.TooLarge, "finds the batch too large");

    /// <summary>Bad credentials pause the destination; no event dies of them.</summary>
    [Fact]
    public Task Refused_sender_is_misconfigured() => ExpectAsync(Unauthorized, FailureKind.Misconfigured, "refuses the sender");

    /// <summary>What is broken for now is tried again.</summary>
    [Fact]
    public Task Broken_destination_is_transient() => ExpectAsync(Unavailable, FailureKind.Transient, "is broken for now");

    /// <summary>Of a batch taken in part, exactly the events not taken are reported.</summary>
    [Fact]
    public async Task Partial_failure_names_the_event_that_failed()
    {
        const int Events = 3, Failed = 1;
        await using ConformanceBench bench = await StartAsync(request => PartialFailure(request, Failed) ?? Delivered(request));
        SendOutcome outcome = await bench.SendAsync(bench.Render(bench.NextIds(Math.Min(Events, bench.Factory.Info.MaxBatchEvents))));
        int[] failed = outcome.Result.Failures is { } failures ? [.. failures.Select(failure => failure.Index)] : [];
        bool expected = bench.Factory.Info.MaxBatchEvents < Events || PartialFailure(PeerOf(bench).Requests.First(), Failed) is null
            ? outcome.IsDelivered
            : outcome.Exception is null && failed is [Failed];
        Rule.Outcomes.Holds(
            expected,
            $"The destination took all events of {Events} but number {Failed}; the connector says: {outcome}",
            "Look into the answer, also into a 200, and return DeliveryResult.Partial with the indexes not taken.");
    }

    /// <summary>An answer about events that the batch does not have is no acknowledgement.</summary>
    [Fact]
    public async Task Index_beyond_the_batch_is_not_passed_on()
    {
        await using ConformanceBench bench = await StartAsync(request => PartialFailure(request, 1000) ?? Delivered(request));
        SendOutcome outcome = await bench.SendAsync(bench.Render(bench.NextIds()));
        Rule.Strangers.Holds(
            !BodyDecides || PartialFailure(PeerRequest.Any, 1000) is null || (!outcome.IsDelivered && outcome.IsDocumented),
            $"The destination reports the failure of event 1000 of a batch of one; the connector says: {outcome}",
            "Check each index against batch.Count. An answer that makes no sense is a failure of the whole batch, Transient.");
    }

    /// <summary>Retrying is the host's: a connector that retries too multiplies the load on a destination that is in trouble.</summary>
    [Fact]
    public async Task Connector_does_not_retry()
    {
        await using ConformanceBench bench = await StartAsync(Unavailable);
        IReadOnlyList<string> ids = bench.NextIds();
        await bench.SendAsync(bench.Render(ids));
        int requests = PeerOf(bench).Requests.Count(request => request.Text.Contains(ids[0], StringComparison.Ordinal));
        Rule.Time.Holds(
            requests <= 1,
            $"An event was sent {requests} times in one send.",
            "Send once and say what became of it: retry and back-off are the host's.");
    }

    /// <summary>After a failure the same batch is sent in the same words.</summary>
    [Fact]
    public async Task Retry_repeats_the_request()
    {
        await using ConformanceBench bench = await StartAsync(Unavailable);
        IReadOnlyList<string> ids = bench.NextIds();
        await bench.SendAsync(bench.Render(ids));
        PeerOf(bench).Answer(Delivered);
        SendOutcome outcome = await bench.SendAsync(bench.Render(ids, attempt: 2));
        Rule.Acknowledgement.Holds(
            outcome.IsDelivered,
            $"The second attempt was not delivered: {outcome}",
            "Keep nothing of a failed send that could hinder the next.");
        string[] requests = [.. bench.Destination.Arrived.Where(request => request.Contains(ids[0], StringComparison.Ordinal))];
        Rule.Repetition.Holds(
            requests.Length < 2 || requests[0] == requests[1],
            $"The second attempt sent another request than the first:\n{requests[0]}\n---\n{requests[^1]}",
            "Take keys from OutboundEvent.Key; a header that must differ is listed in VolatileHeaders.");
    }

    /// <summary>Sends that run side by side run at the same time, and each gets its own answer.</summary>
    [Fact]
    public async Task Parallel_sends_get_their_own_answers()
    {
        await using ConformanceBench bench = await StartAsync(Delivered);
        int parallel = Math.Min(bench.Factory.Info.MaxConcurrency, 8);
        IReadOnlyList<string> ids = bench.NextIds(parallel);
        var gate = new Gate(parallel);
        PeerOf(bench).Script = async (connection, request, cancellationToken) =>
        {
            await gate.PassAsync(cancellationToken);
            bool refused = ids.Where((_, index) => index % 2 == 1).Any(id => request.Text.Contains(id, StringComparison.Ordinal));
            await connection.WriteAsync((refused ? Refused(request) : Delivered(request)).Render(), cancellationToken);
            return true;
        };
        SendOutcome[] outcomes = await Task.WhenAll(ids.Select(id => Task.Run(() => bench.SendAsync(bench.Render([id])))));
        Rule.Concurrency.Holds(
            gate.HasOpened,
            $"MaxConcurrency is {bench.Factory.Info.MaxConcurrency}, and {parallel} sends did not reach the destination at the same time.",
            "Do not queue sends behind each other, or set MaxConcurrency to 1.");
        for (int index = 0; index < parallel; index++)
        {
            Rule.Concurrency.Holds(
                outcomes[index].IsDelivered == (index % 2 == 0),
                $"Send {index} of {parallel} side by side has another's outcome: {outcomes[index]}",
                "Keep nothing about one send in a field.");
        }
    }

    private async Task<SendOutcome> ExpectAsync(Func<PeerRequest, PeerAnswer> answer, FailureKind kind, string what)
    {
        await using ConformanceBench bench = await StartAsync(answer);
        SendOutcome outcome = await bench.SendAsync(bench.Render(bench.NextIds()));
        PeerRequest asked = PeerOf(bench).Requests.First();
        Rule.Outcomes.Holds(
            outcome.Exception is null && outcome.Kinds.Any() && outcome.Kinds.All(one => one == kind),
            $"The destination {what} (status {answer(asked).Status}); the connector says: {outcome}",
            $"Return {kind}; HttpOutcome of the PluginKit has the usual table.");
        return outcome;
    }
}
