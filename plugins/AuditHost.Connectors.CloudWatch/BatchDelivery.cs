using AuditHost.Sdk;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>
/// Sends one batch, call after call, and puts together what became of each event. It stops at the first call that fails, so that what comes
/// again keeps its order.
/// </summary>
internal sealed class BatchDelivery(EventBatch batch, CallPlan plan, Func<EventBatch, ReadOnlyMemory<EventSlot>, CancellationToken, ValueTask<DeliveryResult>> call)
{
    private readonly List<EventFailure> _failures = [.. plan.Refused];
    private string?[]? _requestIds;
    private string? _requestId;
    private DeliveryResult _last;
    private bool _hasDelivered;

    public async ValueTask<DeliveryResult> RunAsync(CancellationToken cancellationToken)
    {
        while (plan.TryTake(out ReadOnlyMemory<EventSlot> events))
        {
            DeliveryResult result = await CallAsync(events, cancellationToken).ConfigureAwait(false);
            if (result.Kind == 0)
            {
                Take(events.Span, result);
                continue;
            }

            if (!_hasDelivered && !IsOfOneEvent(events.Length, result))
                return result;
            Fail(events.Span, result);
            if (IsOfOneEvent(events.Length, result))
                continue;
            FailRest(result);
            break;
        }

        return Sum();
    }

    private static bool IsRefusal(DeliveryResult result) => result.Kind is FailureKind.Rejected or FailureKind.TooLarge;

    private static bool IsOfOneEvent(int events, DeliveryResult result) => events == 1 && IsRefusal(result);

    private DeliveryResult Sum()
    {
        DeliveryResult result = DeliveryResult.Partial(_failures, _last.RetryAfter).WithResponse(_last.Status, _last.Response);
        if (_requestIds is not null)
            return result.WithAcknowledgements(_requestIds);
        return result.WithAcknowledgement(_requestId);
    }

    private async ValueTask<DeliveryResult> CallAsync(ReadOnlyMemory<EventSlot> events, CancellationToken cancellationToken)
    {
        try
        {
            return await call(batch, events, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (_hasDelivered && (exception is HttpRequestException or IOException))
        {
            // Once something is delivered, an exception would bring all of it again.
            return DeliveryResult.Failed(FailureKind.Transient, exception.Message);
        }
        catch (OperationCanceledException) when (_hasDelivered)
        {
            return DeliveryResult.Failed(FailureKind.Transient, "Not answered before the deadline of the batch");
        }
    }

    private void Take(ReadOnlySpan<EventSlot> events, DeliveryResult result)
    {
        Name(events, result);
        if (result.Failures is { } failures)
        {
            _failures.AddRange(failures);
            _last = result;
        }

        _hasDelivered |= (result.Failures?.Count ?? 0) < events.Length;
    }

    /// <summary>One name for the batch where it went out in one call, else one per event.</summary>
    private void Name(ReadOnlySpan<EventSlot> events, DeliveryResult result)
    {
        if (events.Length + plan.Refused.Count == batch.Count)
        {
            _requestId = result.AcknowledgementId;
            return;
        }

        _requestIds ??= new string?[batch.Count];
        foreach (EventSlot slot in events)
            _requestIds[slot.Index] = result.AcknowledgementId;
        foreach (EventFailure failure in result.Failures ?? [])
            _requestIds[failure.Index] = null;
    }

    /// <summary>
    /// A call that was refused as a whole has an event in it that AWS does not take, and only the host can find it by cutting batches. So what
    /// is left comes again as a batch of its own, which then is refused as a whole.
    /// </summary>
    private void Fail(ReadOnlySpan<EventSlot> events, DeliveryResult result)
    {
        _last = result;
        bool isCut = events.Length > 1 && IsRefusal(result);
        foreach (EventSlot slot in events)
        {
            _failures.Add(isCut
                ? new EventFailure(slot.Index, FailureKind.Transient, $"Sent again apart from the events that were taken: {result.Reason}", result.Status)
                : new EventFailure(slot.Index, result.Kind, result.Reason!, result.Status));
        }
    }

    private void FailRest(DeliveryResult cause)
    {
        FailureKind kind = IsRefusal(cause) ? FailureKind.Transient : cause.Kind;
        foreach (EventSlot slot in plan.Left)
            _failures.Add(new EventFailure(slot.Index, kind, $"Not sent, because an earlier call failed: {cause.Reason}"));
    }
}
