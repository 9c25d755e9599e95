using AuditHost.Sdk;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Timeout;

namespace AuditHost.Delivery;

/// <summary>Gives each attempt its deadline, and turns whatever is thrown inside into an outcome of the contract.</summary>
internal sealed class TimeoutSender : ISender
{
    private readonly ISender _next;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<DeliveryResult> _pipeline;

    public TimeoutSender(ISender next, TimeSpan timeout, TimeProvider time, ILogger logger)
    {
        _next = next;
        _logger = logger;
        _pipeline = new ResiliencePipelineBuilder<DeliveryResult> { TimeProvider = time }
            .AddTimeout(new TimeoutStrategyOptions { Timeout = timeout })
            .Build();
    }

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteInContextAsync(
                static (call, token) => call.Next.SendAsync(call.Batch, token), (Next: _next, Batch: batch), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            DeliveryResult result = OutcomeMap.FromException(exception, out bool unclassified);
            if (unclassified)
                _logger.LogWarning(exception, "The connector threw what the contract does not classify; it counts as transient.");
            return result;
        }
    }
}
