using AuditHost.Sdk;
using Polly;

namespace AuditHost.Delivery;

/// <summary>Runs Polly's pipelines in the context of their caller, which Polly leaves unless it is told to stay.</summary>
internal static class PollyPipeline
{
    public static async ValueTask<DeliveryResult> ExecuteInContextAsync<TState>(
        this ResiliencePipeline<DeliveryResult> pipeline,
        Func<TState, CancellationToken, ValueTask<DeliveryResult>> callback,
        TState state,
        CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellationToken);
        try
        {
            return await pipeline.ExecuteAsync(
                static (context, call) => call.Callback(call.State, context.CancellationToken), context, (Callback: callback, State: state));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
