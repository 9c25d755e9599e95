namespace AuditHost.Fakes.Fluentd;

/// <summary>What a forward input says on one connection to what it reads, for a peer that does the reading itself.</summary>
/// <param name="security">The input's security section; <see langword="null"/> where it greets nobody.</param>
public sealed class ForwardAnswers(InputSecurity? security)
{
    private byte[] _unread = [];
    private bool _hasGreeted;
    private bool _isKnown = security is null;

    /// <summary>What is said to the next piece; to nothing, the greeting.</summary>
    public ReadOnlyMemory<byte> To(ReadOnlyMemory<byte> piece)
    {
        var said = new MemoryStream();
        if (security is not null && !_hasGreeted)
            said.Write(security.Greeting());
        _hasGreeted = true;
        _unread = [.. _unread, .. piece.Span];
        var input = new MessagePackInput(_unread);
        int taken = 0;
        try
        {
            while (!input.IsAtEnd)
            {
                said.Write(AnswerNext(input));
                taken = input.Position;
            }
        }
        catch (EndOfStreamException)
        {
            // The rest of it comes with another piece.
        }

        _unread = _unread[taken..];
        return said.ToArray();
    }

    private byte[] AnswerNext(MessagePackInput input)
    {
        if (!_isKnown)
        {
            (_isKnown, byte[] pong) = security!.Answer(input);
            return pong;
        }

        return ForwardMessage.Read(input).Chunk is { } chunk ? new MessagePackOutput().Map(1).Text("ack").Text(chunk).ToArray() : [];
    }
}
