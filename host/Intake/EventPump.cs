using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>
/// Turns a stream of bytes into batches of events for the journal. Whatever is no event is kept as rejected input; memory stays
/// within the largest event and a chunk, however long a line is. <see cref="Settled"/> moves only over what is durable.
/// </summary>
internal sealed class EventPump(EventPumpContext context, string origin, ReadOnlyMemory<byte> idSeed, long position) : IStreamPump
{
    private const int ChunkBytes = 256 << 10;

    private readonly PendingIntake _pending = new(context);
    private byte[] _buffer = [];
    private JsonSplitter _splitter;

    /// <summary>The buffer holds the unfinished piece from start to scan and what was not looked at from scan to end.</summary>
    private int _start;
    private int _scan;
    private int _end;

    /// <summary>The place in the stream of the byte at scan.</summary>
    private long _scanned = position;

    /// <summary>The stream up to here is known to be no events that fill a line each.</summary>
    private long _splitUpTo;

    /// <summary>Everything before this place in the stream is durable, as events or as rejected input.</summary>
    public long Settled { get; private set; } = position;

    /// <summary>The place in the stream of the next byte to read.</summary>
    public long ReadPosition => _scanned + (_end - _scan);

    /// <summary>Whether a piece has begun and not ended. Once flushed, it begins at <see cref="Settled"/>.</summary>
    /// <remarks>Commas and brackets between events are not, but more of them than anybody needs.</remarks>
    public bool HasUnfinished => !_splitter.IsBetween || _splitter.Length > IRejectedInput.KeptBytes;

    /// <summary>Why nothing more of the stream is looked at; <see langword="null"/> while it is.</summary>
    public string? Problem => _pending.Excess > context.MostRejected ? context.TooMuchRejected : null;

    /// <summary>Where the unfinished piece begins; of one that is too long only the first bytes and the last ones read are held.</summary>
    private int PieceStart => _scan - (int)Math.Min(_splitter.Length, _scan - _start);

    /// <summary>Room for the next bytes.</summary>
    public async ValueTask<Memory<byte>> GetSpaceAsync(CancellationToken cancellationToken)
    {
        if (_buffer.Length - _end < ChunkBytes)
        {
            await FlushAsync(cancellationToken);
            Compact();
        }

        return _buffer.AsMemory(_end, ChunkBytes);
    }

    /// <summary>Takes the bytes read into the space. Full batches go to the journal.</summary>
    public async ValueTask AdvanceAsync(int read, CancellationToken cancellationToken)
    {
        _end += read;
        while (!Scan())
            await FlushAsync(cancellationToken);
    }

    /// <summary>Makes everything complete durable.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _pending.FlushAsync(cancellationToken);
        Settled = _scanned - _splitter.Length;
    }

    /// <summary>Settles what the end of the input leaves over.</summary>
    /// <param name="mayGrow">Whether an event that is cut off there may be completed later; it then stays unsettled.</param>
    /// <param name="cancellationToken">Ends the wait for the journal.</param>
    public async ValueTask CompleteAsync(bool mayGrow, CancellationToken cancellationToken)
    {
        while (_splitter.InObject && TryResync("The event is cut off: another one begins on a line within it."))
        {
            while (!Scan())
                await FlushAsync(cancellationToken);
        }

        bool unfinished = !_splitter.IsBetween && (!mayGrow || _splitter.InGarbageAtLineStart);
        if (unfinished)
            Reject(_splitter.InObject ? "The input ends within the event." : "This is no JSON object.");
        await FlushAsync(cancellationToken);
    }

    ValueTask IStreamPump.CompleteAsync(CancellationToken cancellationToken) => CompleteAsync(mayGrow: false, cancellationToken);

    /// <summary>Gives the buffer back while there is nothing in it.</summary>
    public void ReleaseBuffer()
    {
        if (_pending.IsEmpty && _start == _end)
            Dispose();
    }

    /// <summary>Holds no more memory than an unfinished piece needs, and none without one. Everything else is to be flushed before.</summary>
    public void Shrink()
    {
        ReleaseBuffer();
        int held = _end - _start;
        if (held == 0 || held > _buffer.Length / 2)
            return;
        byte[] smaller = ArrayPool<byte>.Shared.Rent(held);
        _buffer.AsSpan(_start, held).CopyTo(smaller);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = smaller;
        (_start, _scan, _end) = (0, _scan - _start, held);
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_start, _scan, _end) = (0, 0, 0);
    }

    /// <summary>Looks at all bytes there are; ends early, with <see langword="false"/>, when a batch is full.</summary>
    private bool Scan()
    {
        if (_scanned == 0 && _end - _scan >= 3 && _buffer.AsSpan(_scan, 3).SequenceEqual(TextEncodings.Utf8Mark))
            Skip(3);
        while (_scan < _end && Problem is null)
        {
            if (_pending.IsFull)
                return false;
            if (_splitter.IsAtStart)
            {
                Skip(JsonSpace.Skip(_buffer.AsSpan(_scan, _end - _scan), 0));
                if (_scan == _end || (_scanned >= _splitUpTo && TryTakeLine()))
                    continue;
            }

            SplitResult result = _splitter.Next(_buffer.AsSpan(_scan, _end - _scan), out int used);
            _scan += used;
            _scanned += used;
            switch (result)
            {
                case SplitResult.Object:
                    TakeObject();
                    break;
                case SplitResult.Garbage:
                    Reject("This is no JSON object.");
                    break;
                case SplitResult.Broken when !TryResync("The event is cut off or not valid JSON."):
                    _splitter.ContinueAsGarbage();
                    break;
            }
        }

        DropUnneeded();
        return true;
    }

    /// <summary>
    /// The usual case for a fraction of the splitter's price: an event that fills its line. Anything else is left where it is, for the splitter
    /// to find out what it is.
    /// </summary>
    private bool TryTakeLine()
    {
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(_scan, _end - _scan);
        int end = bytes.IndexOf((byte)'\n');
        int length = bytes[..Math.Max(end, 0)].TrimEnd(JsonSpace.Bytes).Length;
        if (length < 2 || bytes[0] != '{' || bytes[length - 1] != '}' || length > context.MaxEventBytes
            || !EventParser.TryParse(bytes[..length], out EventIndex index, out _))
        {
            _splitUpTo = _scanned + (end < 0 ? bytes.Length : end + 1);
            return false;
        }

        _pending.Batch.Add(_buffer.AsMemory(_scan, length), index, IdOf(index, _scanned));
        Skip(end + 1);
        return true;
    }

    private void TakeObject()
    {
        if (_splitter.Length > context.MaxEventBytes)
        {
            Reject($"The event has {_splitter.Length} bytes; max_event_bytes allows {context.MaxEventBytes}.");
            return;
        }

        int length = (int)_splitter.Length;
        ReadOnlyMemory<byte> json = _buffer.AsMemory(_scan - length, length);
        if (!EventParser.TryParse(json.Span, out EventIndex index, out EventError? error))
        {
            Reject($"{error!.Reason} At byte {error.Offset} of the event, {error.Path}.");
            return;
        }

        _pending.Batch.Add(json, index, IdOf(index, _scanned - length));
        _start = _scan;
        _splitter = default;
    }

    /// <summary>Where an object is broken, the next line that begins with one is the place to go on.</summary>
    private bool TryResync(string reason)
    {
        int held = _scan - _start;
        if (held < _splitter.Length)
            return false;
        int from = _scan - (int)_splitter.Length;
        int newline = _buffer.AsSpan(from, _scan - from).IndexOf("\n{"u8);
        if (newline < 0)
            return false;
        int back = _scan - (from + newline + 1);
        _pending.Reject(new RejectedPiece(
            origin, _scanned - _splitter.Length, newline + 1, Kept(from, newline + 1), reason));
        _scan -= back;
        _scanned -= back;
        _start = _scan;
        _splitter = default;
        return true;
    }

    private void Reject(string reason)
    {
        int from = PieceStart;
        if (TextEncodings.DetectForeign(_buffer.AsSpan(from, Math.Min(_scan - from, 4))) is { } encoding)
            reason = $"The input is {encoding}; write UTF-8 without compression.";
        _pending.Reject(new RejectedPiece(origin, _scanned - _splitter.Length, _splitter.Length, Kept(from, _scan - from), reason));
        _start = _scan;
        _splitter = default;
    }

    private ReadOnlyMemory<byte> Kept(int from, int length) => _buffer.AsMemory(from, Math.Min(length, IRejectedInput.KeptBytes));

    /// <summary>Lets go of space between events, and of all but the evidence of what is already too long.</summary>
    private void DropUnneeded()
    {
        _start = PieceStart;
        if (_splitter.Length <= context.MaxEventBytes)
            return;
        _scan = _start + Math.Min(_scan - _start, IRejectedInput.KeptBytes);
        _end = _scan;
    }

    private void Skip(int count)
    {
        _scan += count;
        _start = _scan;
        _scanned += count;
    }

    private void Compact()
    {
        int held = _end - _start;
        int needed = held + ChunkBytes;
        byte[] target = _buffer;
        if (_buffer.Length < needed)
            target = ArrayPool<byte>.Shared.Rent(Math.Max(needed, PendingIntake.MaxBytes + ChunkBytes));
        _buffer.AsSpan(_start, held).CopyTo(target);
        if (target != _buffer && _buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = target;
        (_start, _scan, _end) = (0, _scan - _start, held);
    }

    /// <summary>The id of an event that has none of its own, the same each time where the source knows its place.</summary>
    private Guid? IdOf(in EventIndex index, long offset)
    {
        if (idSeed.IsEmpty || index[EventField.Id].Kind != EventValueKind.Missing)
            return null;
        Span<byte> input = stackalloc byte[SHA256.HashSizeInBytes + sizeof(long)];
        idSeed.Span.CopyTo(input);
        BinaryPrimitives.WriteInt64BigEndian(input[SHA256.HashSizeInBytes..], offset);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        // RFC 9562 version 8: made from something of one's own.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
