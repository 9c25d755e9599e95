using System.Buffers;

namespace AuditHost.Intake;

/// <summary>
/// Finds where top-level JSON objects begin and end in a stream: one per line, pretty-printed, back to back or inside one array.
/// It looks at brackets and strings only and can stop and go on at any byte; whether an object is valid is the parser's question.
/// </summary>
internal struct JsonSplitter
{
    /// <summary>Beyond what the parser takes; bounds how often broken input is looked at again.</summary>
    private const int MaxDepth = 2 * EventParser.MaxDepth;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> StringEnds = SearchValues.Create("\"\\\n"u8);

    private State _state;
    private int _depth;
    private bool _escaped;
    private bool _atLineStart;
    private byte _last;

    private enum State : byte
    {
        Between,
        Separators,
        Object,
        String,
        Garbage,
    }

    /// <summary>Bytes of the current piece so far, those used by the last call included.</summary>
    public long Length { get; private set; }

    /// <summary>Whether the piece so far is an object that has not ended.</summary>
    public readonly bool InObject => _state is State.Object or State.String;

    /// <summary>Whether no piece has begun; separators may have been seen.</summary>
    public readonly bool IsBetween => _state is State.Between or State.Separators;

    /// <summary>Whether nothing has been seen of the next piece.</summary>
    public readonly bool IsAtStart => _state == State.Between;

    /// <summary>Whether the piece so far is garbage that ends with a whole line.</summary>
    public readonly bool InGarbageAtLineStart => _state == State.Garbage && _atLineStart;

    /// <summary>Goes on in the stream. After a piece the next call begins behind it.</summary>
    /// <param name="bytes">What follows the bytes used so far.</param>
    /// <param name="used">How many bytes were used; a complete piece ends there.</param>
    public SplitResult Next(ReadOnlySpan<byte> bytes, out int used)
    {
        if (_state == State.Between)
            Length = 0;
        used = 0;
        while (used < bytes.Length)
        {
            SplitResult result = _state switch
            {
                State.Object => RunObject(bytes, ref used),
                State.String => RunString(bytes, ref used),
                State.Garbage => RunGarbage(bytes, ref used),
                _ => RunBetween(bytes, ref used),
            };
            if (result != SplitResult.NeedMore)
                return result;
        }

        return SplitResult.NeedMore;
    }

    /// <summary>Takes what is <see cref="SplitResult.Broken"/> as garbage up to the next line that begins with an object.</summary>
    public void ContinueAsGarbage() => _state = State.Garbage;

    private SplitResult RunBetween(ReadOnlySpan<byte> bytes, ref int used)
    {
        byte current = bytes[used];
        switch (current)
        {
            case (byte)' ' or (byte)'\t' or (byte)'\r' when _state == State.Between:
                used++;
                break;
            case (byte)'\n':
                used++;
                _state = State.Between;
                Length = 0;
                break;
            case (byte)'{':
                used++;
                (_state, _depth, _last, Length) = (State.Object, 1, current, 1);
                break;
            case (byte)'[' or (byte)',' or (byte)']' or (byte)' ' or (byte)'\t' or (byte)'\r':
                // The commas and brackets of an array of events; kept only in case garbage follows, whose evidence they are.
                used++;
                Length++;
                _state = State.Separators;
                break;
            default:
                _state = State.Garbage;
                _atLineStart = false;
                break;
        }

        return SplitResult.NeedMore;
    }

    private SplitResult RunObject(ReadOnlySpan<byte> bytes, ref int used)
    {
        ReadOnlySpan<byte> rest = bytes[used..];
        int found = rest.IndexOfAny(Structure);
        ReadOnlySpan<byte> before = rest[..(found < 0 ? rest.Length : found)].TrimEnd(" \t\r\n"u8);
        if (!before.IsEmpty)
            _last = before[^1];
        if (found < 0)
        {
            Use(rest.Length, ref used);
            return SplitResult.NeedMore;
        }

        Use(found + 1, ref used);
        byte current = rest[found];
        byte previous = _last;
        _last = current;
        switch (current)
        {
            case (byte)'"':
                _state = State.String;
                return SplitResult.NeedMore;
            case (byte)'{' or (byte)'[':
                _depth++;
                // A bracket opens where a value may stand. Elsewhere the object was cut off and another one begins here.
                bool fits = previous is (byte)':' or (byte)',' or (byte)'[';
                return fits && _depth <= MaxDepth ? SplitResult.NeedMore : Break(atLineStart: false);
            default:
                if (--_depth > 0)
                    return SplitResult.NeedMore;
                _state = State.Between;
                return SplitResult.Object;
        }
    }

    private SplitResult RunString(ReadOnlySpan<byte> bytes, ref int used)
    {
        if (_escaped)
        {
            _escaped = false;
            if (bytes[used] != (byte)'\n')
            {
                Use(1, ref used);
                return SplitResult.NeedMore;
            }
        }

        ReadOnlySpan<byte> rest = bytes[used..];
        int found = rest.IndexOfAny(StringEnds);
        if (found < 0)
        {
            Use(rest.Length, ref used);
            return SplitResult.NeedMore;
        }

        Use(found + 1, ref used);
        switch (rest[found])
        {
            case (byte)'"':
                (_state, _last) = (State.Object, (byte)'"');
                return SplitResult.NeedMore;
            case (byte)'\\':
                _escaped = true;
                return SplitResult.NeedMore;
            default:
                return Break(atLineStart: true);
        }
    }

    private SplitResult RunGarbage(ReadOnlySpan<byte> bytes, ref int used)
    {
        if (_atLineStart && bytes[used] == (byte)'{')
        {
            _state = State.Between;
            return SplitResult.Garbage;
        }

        int newline = bytes[used..].IndexOf((byte)'\n');
        _atLineStart = newline >= 0;
        Use(newline < 0 ? bytes.Length - used : newline + 1, ref used);
        return SplitResult.NeedMore;
    }

    private SplitResult Break(bool atLineStart)
    {
        _escaped = false;
        _atLineStart = atLineStart;
        return SplitResult.Broken;
    }

    private void Use(int count, ref int used)
    {
        used += count;
        Length += count;
    }
}
