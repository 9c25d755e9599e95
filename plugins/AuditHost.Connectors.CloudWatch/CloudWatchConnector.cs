using System.Diagnostics.Tracing;
using AuditHost.Connectors.CloudWatch.Credentials;
using AuditHost.PluginKit.Aws;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>Sends batches to one log stream by PutLogEvents.</summary>
internal sealed class CloudWatchConnector(
    LogsClient client, LogsRequests requests, MissingTarget missing, ICredentials credentials, int maxEventBytes, PluginContext context) : IConnector
{
    private int _entityErrors;

    /// <summary>Looks for credentials beforehand, so that the first batch need not wait. What fails here is told by the first batch.</summary>
    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CredentialsException)
        {
            // The batch says so, with the kind of failure that a start cannot give.
        }
    }

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using var plan = CallPlan.Of(batch, maxEventBytes);
        return await new BatchDelivery(batch, plan, PutAsync).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for the stream. A key that may not ask is one that AWS knows, which is all that this can find out without a trace.</summary>
    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        AwsCredentials keys = await KeysForProbeAsync(cancellationToken).ConfigureAwait(false);
        using PooledBuffer body = requests.DescribeLogStreams();
        LogsAnswer answer = await client.CallAsync("DescribeLogStreams", body.Written, keys, cancellationToken).ConfigureAwait(false);
        bool reached = answer.IsSuccess || answer.Code == "AccessDeniedException" || (LogsFailure.IsMissing(answer) && missing.CreatesGroup);
        if (!reached)
            throw new HttpRequestException(LogsFailure.Classify(answer).Reason);
    }

    public ValueTask DisposeAsync()
    {
        credentials.Dispose();
        return default;
    }

    private async ValueTask<AwsCredentials> KeysForProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CredentialsException exception)
        {
            throw new HttpRequestException(exception.Message, exception);
        }
    }

    private async ValueTask<DeliveryResult> PutAsync(EventBatch batch, ReadOnlyMemory<EventSlot> events, CancellationToken cancellationToken)
    {
        try
        {
            AwsCredentials keys = await credentials.GetAsync(cancellationToken).ConfigureAwait(false);
            using PooledBuffer body = requests.PutLogEvents(batch, events.Span);
            LogsAnswer answer = await client.CallAsync("PutLogEvents", body.Written, keys, cancellationToken).ConfigureAwait(false);
            if (answer.IsSuccess)
                return Read(answer, events.Span);
            if (LogsFailure.IsMissing(answer))
                return await missing.CreateAsync(answer, keys, cancellationToken).ConfigureAwait(false);
            return LogsFailure.IsOfKeys(answer)
                ? await RenewAsync(answer, keys, cancellationToken).ConfigureAwait(false)
                : LogsFailure.Of(answer);
        }
        catch (CredentialsException exception)
        {
            return DeliveryResult.Failed(exception.Kind, exception.Message);
        }
    }

    private async ValueTask<DeliveryResult> RenewAsync(LogsAnswer answer, AwsCredentials refused, CancellationToken cancellationToken)
    {
        if (!await credentials.RenewAsync(refused, cancellationToken).ConfigureAwait(false))
            return LogsFailure.Of(answer);
        return DeliveryResult
            .Failed(FailureKind.Transient, $"{answer.Code}: newer credentials were found, with which it is tried again")
            .WithResponse(answer.Status, answer.Text);
    }

    private DeliveryResult Read(LogsAnswer answer, ReadOnlySpan<EventSlot> events)
    {
        if (!answer.IsWhole || !PutLogEventsAnswer.TryRead(answer.Body.Span, events.Length, out PutLogEventsAnswer put))
        {
            return DeliveryResult
                .Failed(FailureKind.Transient, $"HTTP {answer.Status}, but the answer is not one of PutLogEvents")
                .WithResponse(answer.Status, answer.Text);
        }

        if (put.EntityError is not null && Interlocked.Exchange(ref _entityErrors, 1) == 0)
            context.Log(EventLevel.Warning, "CloudWatch Logs stores the events, but does not take the entity that stands with them.");
        List<EventFailure> failures = RejectedEvents.Of(put, events);
        DeliveryResult result = failures.Count == 0
            ? DeliveryResult.Delivered
            : DeliveryResult.Partial(failures).WithResponse(answer.Status, answer.Text);
        return result.WithAcknowledgement(answer.RequestId);
    }
}
