using System.Buffers;
using System.Buffers.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>
/// The messages of a batch, composed and framed in one buffer, and those of them that cannot be sent. Serves for one batch after
/// the other.
/// </summary>
/// <param name="framing">How messages are told apart; <see langword="null"/> where each is sent on its own.</param>
/// <param name="maxMessageBytes">The most bytes of a message without its framing; a longer one is refused.</param>
/// <param name="composer">Writes the message around a payload; <see langword="null"/> takes the payload itself.</param>
public sealed class FramedBatch(SyslogFraming? framing, int maxMessageBytes, IMessageComposer? composer) : IDisposable
{
    private const int MaxLengthDigits = 10;

    private readonly PooledBuffer _frames = new(64 * 1024);
    private readonly PooledBuffer _message = new(4 * 1024);
    private readonly PooledBuffer _line = new(4 * 1024);
    private readonly List<Frame> _list = [];
    private List<EventFailure>? _failures;

    /// <summary>All frames, in order.</summary>
    public ReadOnlyMemory<byte> Bytes => _frames.Written;

    /// <summary>How many frames there are.</summary>
    public int Count => _list.Count;

    /// <summary>Delivered, but for the events that could not be framed or were marked as failed.</summary>
    public DeliveryResult Result => _failures is null ? DeliveryResult.Delivered : DeliveryResult.Partial(_failures);

    internal IReadOnlyList<Frame> Frames => _list;

    /// <summary>Composes and frames a batch in place of the one before.</summary>
    public void Fill(EventBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _frames.Clear();
        _list.Clear();
        _failures = null;
        for (int index = 0; index < batch.Count; index++)
            Add(index, in batch[index]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _frames.Dispose();
        _message.Dispose();
        _line.Dispose();
    }

    internal ReadOnlyMemory<byte> BytesOf(Frame frame) => Bytes.Slice(frame.Start, frame.Length);

    internal void Fail(int index, FailureKind kind, string reason) => (_failures ??= []).Add(new EventFailure(index, kind, reason));

    private void Add(int index, in OutboundEvent outboundEvent)
    {
        ReadOnlySpan<byte> message = Compose(in outboundEvent);
        if (message.IsEmpty)
        {
            Fail(index, FailureKind.Rejected, "The message is empty.");
            return;
        }

        if (message.Length > maxMessageBytes)
        {
            Fail(index, FailureKind.TooLarge, $"The message has {message.Length} bytes, the limit (max_message_bytes) is {maxMessageBytes}.");
            return;
        }

        int start = _frames.Length;
        if (framing == SyslogFraming.OctetCounting)
            WriteLength(message.Length);
        _frames.Write(message);
        if (framing == SyslogFraming.Newline)
            _frames.Write("\n"u8);
        _list.Add(new Frame(index, start, _frames.Length - start));
    }

    private ReadOnlySpan<byte> Compose(in OutboundEvent outboundEvent)
    {
        ReadOnlySpan<byte> message = outboundEvent.Payload.Span;
        if (composer is not null)
        {
            _message.Clear();
            composer.Compose(in outboundEvent, _message);
            message = _message.Written.Span;
        }

        if (framing != SyslogFraming.Newline)
            return message;
        message = message.TrimEnd("\r\n"u8);
        if (!LineEscaping.IsNeeded(message))
            return message;
        _line.Clear();
        LineEscaping.Write(message, _line);
        return _line.Written.Span;
    }

    private void WriteLength(int length)
    {
        Utf8Formatter.TryFormat(length, _frames.GetSpan(MaxLengthDigits + 1), out int digits);
        _frames.Advance(digits);
        _frames.Write(" "u8);
    }
}
