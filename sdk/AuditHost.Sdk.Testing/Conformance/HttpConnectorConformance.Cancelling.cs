namespace AuditHost.Sdk.Testing;

public abstract partial class HttpConnectorConformance
{
    // More than both sides' buffers take, so that the request cannot be sent to its end.
    private const int LargeEventBytes = 256 * 1024;

    /// <summary>Wherever the exchange stands when the deadline comes, the send ends, and the next one works.</summary>
    [Fact]
    public async Task Cancellation_at_every_stage_ends_the_send()
    {
        foreach (HttpStage stage in Enum.GetValues<HttpStage>())
        {
            foreach (Func<PeerRequest, PeerAnswer> answer in new[] { Delivered, Unavailable })
                await CancelAsync(stage, answer);
        }
    }

    private async Task CancelAsync(HttpStage stage, Func<PeerRequest, PeerAnswer> answer)
    {
        await using ConformanceBench bench = await StartAsync(Delivered);
        HttpPeer peer = PeerOf(bench);
        PeerAnswer half = answer(PeerRequest.Any);
        var standstill = new Standstill(peer, stage, half);
        standstill.Begin();
        using var cancellation = new CancellationTokenSource();
        IReadOnlyList<string> ids = bench.NextIds();
        int padding = stage == HttpStage.Connected ? Math.Min(LargeEventBytes, bench.Factory.Info.MaxBatchBytes / 2) : 0;
        Task<SendOutcome> sending = Task.Run(() => bench.SendAsync(bench.Render(ids, padding: padding), cancellation.Token));
        await Task.WhenAny(standstill.Reached, sending).WaitAsync(ConformanceBench.Patience, Cancellation);
        await cancellation.CancelAsync();
        SendOutcome outcome = await sending;

        // With the whole head of an answer the connector may have all it needs.
        bool decided = stage >= HttpStage.HeadersSent && !(half.IsSuccess && BodyDecides) && outcome.Exception is null;
        Rule.Time.Holds(
            outcome.IsCancellation || (decided && outcome.IsDelivered == half.IsSuccess),
            $"A send that was cancelled at the stage {stage} of an answer {half.Status} says: {outcome}",
            "Let the OperationCanceledException of the given token pass; an answer that was not read to its end acknowledges nothing.");
        standstill.End(Delivered);
        await bench.ExpectDeliveryAsync($"after one that was cancelled at the stage {stage}");
    }
}
