using AuditHost.Intake;
using AuditHost.Journal;

namespace AuditHost.Lanes;

/// <summary>One sender's tickets, a lane each.</summary>
internal sealed class DeliveryFollowing((Lane Lane, DeliveryTicket Ticket)[] followed, EventJournal journal, TimeProvider time) : IDeliveryFollowing
{
    public async Task<IReadOnlyList<DeliveryOutcome>> WaitAsync(AppendReceipt receipt, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ulong head = journal.NextSequence;
        foreach ((_, DeliveryTicket ticket) in followed)
            ticket.Expect(receipt, head);
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await Task.WhenAll(followed.Select(one => one.Ticket.PassedAsync(either.Token))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return [.. followed.Select(one => Explained(one.Ticket.Outcome(), one.Lane.Destination))];
    }

    public void Dispose()
    {
        foreach ((_, DeliveryTicket ticket) in followed)
            ticket.Dispose();
    }

    private static DeliveryOutcome Explained(DeliveryOutcome outcome, Destination destination) => outcome.IsSettled
        ? outcome
        : outcome with { Error = $"Not yet delivered; the destination is {destination.Watch.Health.ToString().ToLowerInvariant()}. {destination.Statistics.LastError}".TrimEnd() };
}
