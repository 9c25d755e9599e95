using AuditHost.Lanes.Poison;
using AuditHost.Sdk;

namespace AuditHost.Delivery;

/// <summary>Marks the event of a call on disk while the call is under way, where its lane is careful; usually it is not there at all.</summary>
internal sealed class MarkedSender(ISender next, PoisonGuard guard) : ISender
{
    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) =>
        guard.IsCareful && batch.Count == 1 && guard.IsAttempting(batch[0].Event.Sequence) ? SendMarkedAsync(batch, cancellationToken) : next.SendAsync(batch, cancellationToken);

    private async ValueTask<DeliveryResult> SendMarkedAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        await guard.TakeTurnAsync(cancellationToken);
        try
        {
            guard.Mark(batch[0].Event.Sequence);
            try
            {
                return await next.SendAsync(batch, cancellationToken);
            }
            finally
            {
                guard.Returned();
            }
        }
        finally
        {
            guard.Give();
        }
    }
}
