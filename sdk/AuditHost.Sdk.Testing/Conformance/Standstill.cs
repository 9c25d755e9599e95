using System.Text;

namespace AuditHost.Sdk.Testing;

/// <summary>Brings an exchange to a stage and leaves it there until the client goes.</summary>
internal sealed class Standstill(HttpPeer peer, HttpStage stage, PeerAnswer answer)
{
    private const int MissingBytes = 1000;

    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the exchange stands still.</summary>
    public Task Reached => _reached.Task;

    public void Begin()
    {
        if (stage == HttpStage.Connected)
            peer.AcceptScript = StayAsync;
        peer.Script = async (connection, _, cancellationToken) =>
        {
            await connection.WriteAsync(Bytes(), cancellationToken);
            await StayAsync(connection, cancellationToken);
            return false;
        };
    }

    /// <summary>
    /// Serves as usual from now on. A connection that was being opened for the request that was cancelled is there for the next one.
    /// </summary>
    /// <param name="usual">The usual answer.</param>
    public void End(Func<PeerRequest, PeerAnswer> usual)
    {
        peer.AcceptScript = null;
        peer.Answer(usual);
        _ended.TrySetResult();
    }

    private byte[] Bytes()
    {
        byte[] body = Encoding.UTF8.GetBytes(answer.Body);

        // A 204 ends with its head, and the client would send its next request on a connection where nobody answers.
        byte[] head = answer.Status == 204 ? answer.With("Connection", "close").RenderHead(null) : answer.RenderHead(body.Length + MissingBytes);
        return stage switch
        {
            HttpStage.AnswerBegun => head[..10],
            HttpStage.HeadersSent => head,
            HttpStage.BodyBegun => [.. head, .. body[..(body.Length / 2)]],
            _ => [],
        };
    }

    private async Task StayAsync(PeerConnection connection, CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        if (stage == HttpStage.Connected)
            await _ended.Task.WaitAsync(cancellationToken);
        else
            await connection.ClosedAsync(cancellationToken);
    }
}
