namespace AuditHost.Sdk.Testing;

public abstract partial class ConnectorConformance
{
    private const int ManyEvents = 200;
    private const int MaxParallel = 8;
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(90);

    /// <summary>A batch that is reported as delivered is at the destination, whole.</summary>
    [Fact]
    public async Task Delivered_batch_has_arrived()
    {
        await using ConformanceBench bench = await StartAsync();
        foreach (int count in new[] { 1, Math.Min(3, bench.Factory.Info.MaxBatchEvents), Math.Min(ManyEvents, bench.Factory.Info.MaxBatchEvents) })
        {
            IReadOnlyList<string> ids = bench.NextIds(count);
            SendOutcome outcome = await bench.SendAsync(bench.Render(ids));
            Rule.Acknowledgement.Holds(
                outcome.IsDelivered,
                $"A batch of {count}, which the destination takes, was not delivered: {outcome}",
                "Return Delivered when the destination confirms the batch.");
            await bench.ExpectArrivalAsync(ids, $"in a batch of {count}");
        }
    }

    /// <summary>The memory of a batch is the host's again when the send has ended, and nobody reads it then.</summary>
    [Fact]
    public async Task Memory_of_a_batch_is_not_read_after_the_send()
    {
        await using ConformanceBench bench = await StartAsync();
        for (int round = 0; round < 3; round++)
        {
            IReadOnlyList<string> ids = bench.NextIds(Math.Min(3, bench.Factory.Info.MaxBatchEvents));
            await bench.SendAsync(bench.Render(ids));
            bool arrived = await ConformanceBench.UntilAsync(() => Arrived(ids[^1]) || Arrived(RenderedBatch.Taken));
            Rule.Memory.Holds(
                arrived && !Arrived(RenderedBatch.Taken),
                "What a batch's memory held after the send has ended was sent, or nothing at all.",
                "Finish with Body, Payload and the events before the task completes, or copy them.");
        }

        bool Arrived(string text) => bench.Destination.Arrived.Any(arrived => arrived.Contains(text, StringComparison.Ordinal));
    }

    /// <summary>As many sends as the connector allows run side by side, and each gets through.</summary>
    [Fact]
    public async Task Parallel_sends_all_get_through()
    {
        await using ConformanceBench bench = await StartAsync();
        int parallel = Math.Min(bench.Factory.Info.MaxConcurrency, MaxParallel);
        for (int round = 0; round < 5; round++)
        {
            IReadOnlyList<string>[] ids = [.. Enumerable.Range(0, parallel).Select(_ => bench.NextIds())];
            SendOutcome[] outcomes = await Task.WhenAll(ids.Select(batch => Task.Run(() => bench.SendAsync(bench.Render(batch)))));
            SendOutcome failed = outcomes.FirstOrDefault(outcome => !outcome.IsDelivered);
            Rule.Concurrency.Holds(
                Array.TrueForAll(outcomes, outcome => outcome.IsDelivered),
                $"Of {parallel} sends side by side, {outcomes.Count(outcome => !outcome.IsDelivered)} failed: {failed}",
                "Share no state between sends, or lower MaxConcurrency.");
            await bench.ExpectArrivalAsync(ids.SelectMany(batch => batch), "beside others");
        }
    }

    /// <summary>The same batch is the same bytes on every attempt and at any time, so that a destination can recognize it.</summary>
    [Fact]
    public async Task Another_attempt_sends_the_same()
    {
        IReadOnlyList<string> first = await AttemptAsync(1, TimeSpan.Zero);
        IReadOnlyList<string> second = await AttemptAsync(2, Later);
        Rule.Repetition.Holds(
            first.SequenceEqual(second, StringComparer.Ordinal),
            $"The second attempt sent other bytes than the first.\nFirst:  {First(first, second)}\nSecond: {First(second, first)}",
            "Take keys and ids from OutboundEvent.Key, never from a clock, a random number or Attempt. A header that must differ is listed in VolatileHeaders.");

        static string First(IReadOnlyList<string> one, IReadOnlyList<string> other)
        {
            int index = Enumerable.Range(0, one.Count).FirstOrDefault(index => index >= other.Count || one[index] != other[index]);
            return index < one.Count ? one[index].ReplaceLineEndings("\\n") : "nothing";
        }
    }

    private async Task<IReadOnlyList<string>> AttemptAsync(int attempt, TimeSpan offset)
    {
        await using ConformanceBench bench = await PrepareAsync(new CountingTime(TimeProvider.System, offset));
        await bench.StartAsync();
        IReadOnlyList<string> ids = bench.NextIds(Math.Min(3, bench.Factory.Info.MaxBatchEvents));
        await bench.SendAsync(bench.Render(ids, attempt));
        await bench.ExpectArrivalAsync(ids, $"as attempt {attempt}");
        return bench.Destination.Arrived;
    }
}
