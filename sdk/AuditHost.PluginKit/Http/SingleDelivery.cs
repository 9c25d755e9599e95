using AuditHost.Sdk;

namespace AuditHost.PluginKit.Http;

/// <summary>
/// Sends the events of a batch one after the other. It goes on past an event that is refused for itself and stops at the first
/// failure that concerns them all, so that what comes again keeps its order and the destination is left alone.
/// </summary>
/// <param name="batch">The batch, with payloads.</param>
/// <param name="send">Sends one event with the media type of its payload.</param>
public sealed class SingleDelivery(EventBatch batch, Func<OutboundEvent, string, CancellationToken, ValueTask<DeliveryResult>> send)
{
    /// <summary>How much of an answer explains the failure of its event.</summary>
    private const int AnswerCharacters = 200;

    private readonly List<(EventFailure Failure, string? Response)> _failures = [];
    private readonly string?[] _acknowledgements = new string?[batch.Count];
    private TimeSpan? _retryAfter;

    /// <summary>For destinations that read nothing but the payload.</summary>
    /// <param name="batch">The batch, with payloads.</param>
    /// <param name="send">Sends one payload with its media type and its key, which is the same on every attempt.</param>
    public SingleDelivery(EventBatch batch, Func<ReadOnlyMemory<byte>, string, string, CancellationToken, ValueTask<DeliveryResult>> send)
        : this(batch, (outbound, contentType, cancellationToken) => send(outbound.Payload, contentType, outbound.Key, cancellationToken))
    {
    }

    /// <summary>Sends the batch, once.</summary>
    public async ValueTask<DeliveryResult> RunAsync(CancellationToken cancellationToken)
    {
        for (int index = 0; index < batch.Count; index++)
        {
            DeliveryResult result = await SendAsync(index, cancellationToken).ConfigureAwait(false);
            if (result.IsDelivered)
            {
                _acknowledgements[index] = result.AcknowledgementId;
                continue;
            }

            _retryAfter = result.RetryAfter;
            _failures.Add((new EventFailure(index, result.Kind, result.Reason!, result.Status), result.Response));
            if (result.Kind is FailureKind.Rejected or FailureKind.TooLarge)
                continue;
            if (index == 0)
                return result;
            FailRest(index + 1, result);
            break;
        }

        bool isNamed = !Array.TrueForAll(_acknowledgements, id => id is null);
        if (_failures.Count == 0)
            return isNamed ? DeliveryResult.Acknowledged(_acknowledgements) : DeliveryResult.Delivered;
        return isNamed ? Partial().WithAcknowledgements(_acknowledgements) : Partial();
    }

    /// <summary>
    /// An answer is kept with every failed event of the batch, so it is the batch's only where all failed alike. Where they did not, the
    /// reason of each has the beginning of its own.
    /// </summary>
    private DeliveryResult Partial()
    {
        (EventFailure first, string? answer) = _failures[0];
        return _failures.TrueForAll(one => one.Failure.Status == first.Status && one.Response == answer)
            ? DeliveryResult.Partial([.. _failures.Select(one => one.Failure)], _retryAfter).WithResponse(first.Status, answer)
            : DeliveryResult.Partial([.. _failures.Select(one => one.Failure with { Reason = Explain(one.Failure.Reason, one.Response) })], _retryAfter);
    }

    private static string Explain(string reason, string? answer)
    {
        if (answer is null)
            return reason;
        if (answer.Length <= AnswerCharacters)
            return $"{reason}. Answered: {answer}";
        int length = char.IsHighSurrogate(answer[AnswerCharacters - 1]) ? AnswerCharacters - 1 : AnswerCharacters;
        return $"{reason}. Answered: {answer.AsSpan(0, length)}…";
    }

    // Once something has been delivered an exception would bring all of it again; with one request per event and a deadline for
    // the batch it could do so for ever.
    private async ValueTask<DeliveryResult> SendAsync(int index, CancellationToken cancellationToken)
    {
        try
        {
            return await send(batch[index], batch.ContentType, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (index > 0 && (exception is HttpRequestException or IOException))
        {
            return DeliveryResult.Failed(FailureKind.Transient, exception.Message);
        }
        catch (OperationCanceledException) when (index > 0)
        {
            return DeliveryResult.Failed(FailureKind.Transient, "Not answered before the deadline of the batch");
        }
    }

    private void FailRest(int from, DeliveryResult cause)
    {
        for (int index = from; index < batch.Count; index++)
            _failures.Add((new EventFailure(index, cause.Kind, $"Not sent, because an earlier event failed: {cause.Reason}", cause.Status), cause.Response));
    }
}
