using System.Buffers;
using System.Net;

namespace AuditHost.Intake.Syslog;

/// <summary>Reads the syslog messages of one connection. Memory stays within the longest message and a chunk.</summary>
internal sealed class SyslogPump(EventPumpContext context, IPEndPoint sender) : IStreamPump
{
    private const int ChunkBytes = 64 << 10;

    private readonly SyslogIntake _intake = new(context);
    private readonly SyslogFramer _framer = new(context.MaxEventBytes);
    private readonly string _origin = sender.ToString();
    private readonly string _peer = sender.Address.ToString();
    private byte[] _buffer = [];

    /// <summary>What was not looked at, or is a part of a message, lies between the two.</summary>
    private int _start;
    private int _end;

    /// <summary>The place in the stream of the byte at start.</summary>
    private long _position;

    /// <summary>How much of what comes belongs to a message that is too long; -1 up to the next line feed.</summary>
    private long _skip;

    /// <summary>Where the message that is being skipped begins.</summary>
    private long _skippedFrom;

    public bool HasUnfinished => _start < _end || _skip != 0;

    public long Settled { get; private set; }

    public string? Problem { get; private set; }

    public async ValueTask<Memory<byte>> GetSpaceAsync(CancellationToken cancellationToken)
    {
        if (_intake.IsStuck)
            await FlushAsync(cancellationToken);
        int held = _end - _start;
        if (_buffer.Length - _end < ChunkBytes)
            Move(_buffer.Length < held + ChunkBytes ? ArrayPool<byte>.Shared.Rent(held + (2 * ChunkBytes)) : _buffer);
        return _buffer.AsMemory(_end, ChunkBytes);
    }

    public async ValueTask AdvanceAsync(int read, CancellationToken cancellationToken)
    {
        _end += read;
        while (!Scan())
            await FlushAsync(cancellationToken);
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _intake.FlushAsync(cancellationToken);
        Settled = _skip != 0 ? _skippedFrom : _position;
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_intake.IsStuck)
            await FlushAsync(cancellationToken);
        TakeRest();
        await FlushAsync(cancellationToken);
    }

    public void Shrink()
    {
        int held = _end - _start;
        if (held == 0)
            Release();
        else if (held <= _buffer.Length / 2)
            Move(ArrayPool<byte>.Shared.Rent(held));
    }

    public void Dispose()
    {
        Release();
        _intake.Dispose();
    }

    /// <summary>A last line without its end is whole, since nothing can follow. A message that was counted is not.</summary>
    private void TakeRest()
    {
        if (_start == _end || Problem is not null)
            return;
        ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, _end - _start);
        if (SyslogFramer.IsCounted(rest))
            _intake.Reject(_origin, _position, rest.Length, rest, "The input ends within the message.");
        else
            _intake.Add(rest, _peer);
        Use(rest.Length);
    }

    /// <summary>Looks at all bytes there are; ends early, with <see langword="false"/>, when it is time to flush.</summary>
    private bool Scan()
    {
        while (_start < _end && Problem is null)
        {
            if (_intake.IsFull)
                return false;
            ReadOnlySpan<byte> bytes = _buffer.AsSpan(_start, _end - _start);
            if (_skip != 0)
            {
                Skip(bytes);
                continue;
            }

            FrameResult result = _framer.Next(bytes, out Range message, out int used, out int rest);
            if (result == FrameResult.Incomplete)
                return true;
            switch (result)
            {
                case FrameResult.Message:
                    _intake.Add(bytes[message], _peer);
                    break;
                case FrameResult.TooLong:
                    _intake.Reject(_origin, _position, used + Math.Max(0, rest), bytes[message], $"The message has more than {context.MaxEventBytes} bytes (max_event_bytes).");
                    (_skip, _skippedFrom) = (rest, _position);
                    if (_intake.Excess > context.MostRejected)
                        Problem = context.TooMuchRejected;
                    break;
                case FrameResult.Broken:
                    Problem = "a message begins with digits that are no number of octets";
                    _intake.Reject(_origin, _position, used, bytes[message], "A message begins with digits that are no number of octets.");
                    break;
            }

            Use(used);
        }

        return true;
    }

    private void Skip(ReadOnlySpan<byte> bytes)
    {
        if (_skip > 0)
        {
            int known = (int)Math.Min(_skip, bytes.Length);
            _skip -= known;
            Use(known);
            return;
        }

        int end = SyslogFramer.EndOfLine(bytes);
        if (end >= 0)
            _skip = 0;
        Use(end < 0 ? bytes.Length : end + 1);
    }

    private void Use(int count)
    {
        _start += count;
        _position += count;
        if (_start == _end)
            (_start, _end) = (0, 0);
    }

    private void Move(byte[] target)
    {
        int held = _end - _start;
        _buffer.AsSpan(_start, held).CopyTo(target);
        if (target != _buffer && _buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = target;
        (_start, _end) = (0, held);
    }

    private void Release()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_start, _end) = (0, 0);
    }
}
