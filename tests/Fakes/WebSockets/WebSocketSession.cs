using System.Buffers;
using System.Text;

namespace AuditHost.Fakes.WebSockets;

/// <summary>
/// A server's side of one WebSocket connection: given what came over the wire, it says what goes back. Rules that the client breaks end the
/// connection as RFC 6455 has it. Derived classes take the messages.
/// </summary>
public abstract class WebSocketSession
{
    private readonly ClientFrames _frames = new();
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly ArrayBufferWriter<byte> _message = new();
    private readonly StringBuilder _head = new();
    private int _messageOpcode;

    /// <summary>The request that opened it, once it has come.</summary>
    public UpgradeRequest? Request { get; private set; }

    /// <summary>Whether the server closes the TCP connection after what it says last.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The rule that the client broke.</summary>
    public string? Violation { get; private set; }

    /// <summary>Whether pings are answered.</summary>
    public bool AnswersPings { get; init; } = true;

    /// <summary>How many pings came.</summary>
    public int Pings { get; private set; }

    /// <summary>The longest message that is taken, in bytes.</summary>
    public int MaxMessageBytes { get; init; } = 100 << 20;

    /// <summary>Where what goes back is written.</summary>
    protected IBufferWriter<byte> Output => _output;

    /// <summary>Takes a piece of what the client sends.</summary>
    /// <returns>What goes back; valid until the next piece.</returns>
    public ReadOnlyMemory<byte> Feed(ReadOnlyMemory<byte> piece)
    {
        _output.ResetWrittenCount();
        try
        {
            Take(piece.Span);
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            Violation = exception.Message;
            if (Request is not null)
                ServerFrames.WriteClose(_output, exception is DecoderFallbackException ? 1007 : 1002);
            IsOver = true;
        }

        return _output.WrittenMemory;
    }

    /// <summary>Answers the upgrade; takes it unless overridden.</summary>
    protected virtual byte[] Welcome(UpgradeRequest request) => request.Accept(subprotocol: null);

    /// <summary>Takes a whole message.</summary>
    protected abstract void TakeMessage(ReadOnlySpan<byte> message, bool isText);

    /// <summary>Closes with a code.</summary>
    protected void Close(int code, string reason = "")
    {
        ServerFrames.WriteClose(_output, code, reason);
        IsOver = true;
    }

    /// <summary>Closes the TCP connection without a word more.</summary>
    protected void BreakOff() => IsOver = true;

    private void Take(ReadOnlySpan<byte> piece)
    {
        if (Request is null)
        {
            if (!TryReadHead(ref piece))
                return;
            byte[] welcome = Welcome(Request!);
            _output.Write(welcome);
            IsOver |= !welcome.AsSpan().StartsWith("HTTP/1.1 101 "u8);
        }

        _frames.Feed(piece);
        while (!IsOver && _frames.TryRead(MaxMessageBytes - _message.WrittenCount, out ClientFrame frame, out bool tooLong))
        {
            if (tooLong)
                Close(1009);
            else
                Take(frame);
        }
    }

    private bool TryReadHead(ref ReadOnlySpan<byte> piece)
    {
        for (int index = 0; index < piece.Length; index++)
        {
            _head.Append((char)piece[index]);
            if (piece[index] != '\n' || _head.Length < 4 || _head.ToString(_head.Length - 4, 4) != "\r\n\r\n")
                continue;
            Request = UpgradeRequest.Parse(_head.ToString());
            piece = piece[(index + 1)..];
            return true;
        }

        return false;
    }

    private void Take(ClientFrame frame)
    {
        switch (frame.Opcode)
        {
            case 8:
                ServerFrames.Write(_output, ServerFrames.CloseOpcode, frame.Payload.Span);
                IsOver = true;
                return;
            case 9:
                Pings++;
                if (AnswersPings)
                    ServerFrames.Write(_output, ServerFrames.PongOpcode, frame.Payload.Span);
                return;
            case 10:
                return;
            case 0 when _messageOpcode == 0:
                throw new FormatException("A continuation of nothing.");
            case 1 or 2 when _messageOpcode != 0:
                throw new FormatException("A message begins inside another.");
        }

        if (frame.Opcode != 0)
            _messageOpcode = frame.Opcode;
        if (frame.IsFinal && _message.WrittenCount == 0)
        {
            TakeWhole(frame.Payload.Span);
            return;
        }

        _message.Write(frame.Payload.Span);
        if (frame.IsFinal)
            TakeWhole(_message.WrittenSpan);
    }

    private void TakeWhole(ReadOnlySpan<byte> message)
    {
        bool isText = _messageOpcode == ServerFrames.TextOpcode;
        _messageOpcode = 0;
        if (isText && !System.Text.Unicode.Utf8.IsValid(message))
            throw new DecoderFallbackException("A text message is not UTF-8.");
        TakeMessage(message, isText);
        _message.ResetWrittenCount();
    }
}
