namespace AuditHost.Sdk.Testing;

public abstract partial class ConnectorConformance
{
    // No connector takes so many reads and writes for one small event.
    private const int MaxSteps = 200;

    /// <summary>A token that is cancelled already ends the send at once.</summary>
    [Fact]
    public async Task Cancelled_token_ends_the_send()
    {
        await using ConformanceBench bench = await StartAsync();
        IReadOnlyList<string> ids = bench.NextIds();
        SendOutcome outcome = await bench.SendAsync(bench.Render(ids), new CancellationToken(canceled: true));
        await ExpectCancelledAsync(bench, outcome, ids, "before it began");
        await bench.ExpectDeliveryAsync("after one that was cancelled before it began");
    }

    /// <summary>Whatever connect, read or write a cancellation meets, the send ends as cancelled or has truly delivered, and the next one works.</summary>
    [Fact]
    public async Task Cancellation_at_every_step_leaves_the_connector_usable()
    {
        for (int step = 1; step <= MaxSteps; step++)
        {
            await using ConformanceBench bench = await PrepareAsync();
            using var cancellation = new CancellationTokenSource();
            bench.Context.Steps.CancelAt(step, cancellation);
            bool started = await StartAsync(bench, cancellation.Token);
            if (started)
            {
                IReadOnlyList<string> ids = bench.NextIds();
                SendOutcome outcome = await bench.SendAsync(bench.Render(ids), cancellation.Token);
                if (!bench.Context.Steps.IsReached)
                    return;
                await ExpectCancelledAsync(bench, outcome, ids, $"at step {step}");
            }
            else
            {
                await bench.StartAsync();
            }

            await bench.ExpectDeliveryAsync($"after one that was cancelled at step {step}");
        }
    }

    /// <summary>Insists that a cancelled send says so, or that it was delivered before it could notice.</summary>
    private protected static async Task ExpectCancelledAsync(ConformanceBench bench, SendOutcome outcome, IReadOnlyList<string> ids, string when)
    {
        if (outcome.IsDelivered)
            await bench.ExpectArrivalAsync(ids, $"and cancelled {when}");
        else
            Rule.Time.Holds(
                outcome.IsCancellation,
                $"A send that was cancelled {when} ended otherwise than with an OperationCanceledException: {outcome}",
                "Let the OperationCanceledException of the given token pass; the host knows why it cancelled.");
    }

    private static async Task<bool> StartAsync(ConformanceBench bench, CancellationToken cancellationToken)
    {
        try
        {
            await ConformanceBench.WithinAsync(bench.Connector.StartAsync(cancellationToken).AsTask(), "StartAsync");
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
