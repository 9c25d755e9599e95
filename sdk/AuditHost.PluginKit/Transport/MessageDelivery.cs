using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>
/// Sends batches over a WebSocket connection and says what became of each. Whatever breaks, the connection is dropped: an answer that comes
/// late could otherwise be taken for one to what is sent next.
/// </summary>
/// <param name="transport">The connection.</param>
/// <param name="answers">What became of the messages of the batch.</param>
/// <param name="meaningOf">What it means for a batch that the server closed the connection.</param>
public sealed class MessageDelivery(MessageTransport transport, AnsweredBatch answers, Func<ClosedSocketException, DeliveryResult> meaningOf)
{
    /// <summary>Sends a batch.</summary>
    /// <param name="send">Sends its messages and waits for their answers.</param>
    /// <param name="conclude">Says what became of the batch, given what became of the messages without an answer.</param>
    /// <param name="cancellationToken">Carries the deadline.</param>
    public async ValueTask<DeliveryResult> RunAsync(
        Func<MessageSocket, CancellationToken, ValueTask> send, Func<DeliveryResult?, DeliveryResult> conclude, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(send);
        ArgumentNullException.ThrowIfNull(conclude);
        cancellationToken.ThrowIfCancellationRequested();
        answers.Clear();
        try
        {
            MessageSocket socket = await transport.OpenAsync(cancellationToken).ConfigureAwait(false);
            await send(socket, cancellationToken).ConfigureAwait(false);
            transport.Worked();
            return conclude(null);
        }
        catch (RefusedConnectionException refused)
        {
            return refused.Result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await transport.FailAsync().ConfigureAwait(false);
            if (!answers.HasAnswers)
                throw;
            return conclude(DeliveryResult.Failed(FailureKind.Transient, "Not answered before the deadline of the batch"));
        }
        catch (Exception exception)
        {
            ClosedSocketException? closed = await transport.FailAsync().ConfigureAwait(false) ?? exception as ClosedSocketException;
            if (closed is not null)
                return conclude(meaningOf(closed));
            if (!answers.HasAnswers)
                throw;
            return conclude(DeliveryResult.Failed(FailureKind.Transient, exception.Message));
        }
    }
}
