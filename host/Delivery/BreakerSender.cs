using AuditHost.Sdk;
using Polly;

namespace AuditHost.Delivery;

/// <summary>Spares a destination that is down: while the breaker is open no call gets through.</summary>
internal sealed class BreakerSender(ISender next, ConsecutiveFailureBreaker breaker) : ISender
{
    private readonly ResiliencePipeline<DeliveryResult> _pipeline =
        new ResiliencePipelineBuilder<DeliveryResult>().AddStrategy(_ => breaker, new BreakerStrategyOptions()).Build();

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) =>
        _pipeline.ExecuteInContextAsync(static (call, token) => call.Next.SendAsync(call.Batch, token), (Next: next, Batch: batch), cancellationToken);

    private sealed class BreakerStrategyOptions : ResilienceStrategyOptions;
}
