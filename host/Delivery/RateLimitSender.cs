using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Delivery;

/// <summary>Holds to <c>rate_limiting</c>, in events per second. Retries count too: they are load for the destination.</summary>
internal sealed class RateLimitSender(ISender next, RateLimitOptions options, TimeProvider time) : ISender
{
    private readonly TokenBucket _bucket = new(options, time);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        TimeSpan wait = _bucket.Take(batch.Count);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken);
        return await next.SendAsync(batch, cancellationToken);
    }
}
