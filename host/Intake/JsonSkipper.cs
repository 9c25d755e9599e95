using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AuditHost.Intake;

/// <summary>
/// Passes over values of JSON that was already checked, sixty-four bytes at a time and without looking at more than quotes, backslashes and
/// brackets. It goes forward only.
/// </summary>
internal ref struct JsonSkipper(ReadOnlySpan<byte> json)
{
    /// <summary>Every second bit, from the second on.</summary>
    private const ulong OddBits = 0xAAAA_AAAA_AAAA_AAAA;

    private readonly ReadOnlySpan<byte> _json = json;

    /// <summary>A bit for each of the bytes from <see cref="_lookedFrom"/> on that is a quote without a backslash before it.</summary>
    private ulong _quotes;

    private int _lookedFrom = -2 * Vector512<byte>.Count;

    /// <summary>Where to look next: one more than the bytes looked at where the last of them is a backslash that belongs to the next.</summary>
    private int _lookNext;

    /// <summary>The place behind a value.</summary>
    public int EndOfValue(int at) => _json[at] switch
    {
        (byte)'"' => EndOfString(at) + 1,
        (byte)'{' or (byte)'[' => EndOfContainer(at),
        _ => EndOfScalar(at),
    };

    /// <summary>The quote that ends a string.</summary>
    /// <param name="at">The quote that begins it.</param>
    public int EndOfString(int at)
    {
        at++;
        if ((uint)(at - _lookedFrom) >= (uint)Vector512<byte>.Count)
            Look(at);
        ulong quotes = _quotes >> (at - _lookedFrom);
        while (quotes == 0)
        {
            at = _lookNext;
            Look(at);
            quotes = _quotes;
        }

        return at + BitOperations.TrailingZeroCount(quotes);
    }

    private readonly int EndOfScalar(int at)
    {
        while (at < _json.Length && _json[at] is > (byte)' ' and not (byte)',' and not (byte)']' and not (byte)'}')
            at++;
        return at;
    }

    private int EndOfContainer(int at)
    {
        int depth = 0;

        // All bits or none: whether the last byte looked at was inside a string.
        ulong inside = 0;
        for (; ; at = _lookNext)
        {
            (ulong opening, ulong closing) = Look(at);
            ulong strings = Filled(_quotes) ^ inside;
            inside = (ulong)((long)strings >> 63);
            opening &= ~strings;
            closing &= ~strings;
            for (; BitOperations.PopCount(closing) >= depth && closing != 0; closing &= closing - 1)
            {
                int end = BitOperations.TrailingZeroCount(closing);
                ulong before = (1UL << end) - 1;
                depth += BitOperations.PopCount(opening & before) - 1;
                opening &= ~before;
                if (depth == 0)
                    return at + end + 1;
            }

            depth += BitOperations.PopCount(opening) - BitOperations.PopCount(closing);
        }
    }

    /// <summary>Looks at the bytes from a place on, which must be none that a backslash belongs to.</summary>
    /// <returns>A bit for each bracket that opens, and for each that closes, be it in a string or not.</returns>
    private (ulong Opening, ulong Closing) Look(int place)
    {
        if (place >= _json.Length)
            throw new InvalidDataException("The JSON ends inside a value; it was not checked.");
        Vector512<byte> block;
        int before = 0;
        if (_json.Length >= Vector512<byte>.Count)
        {
            // What is not there cannot be loaded, so the last bytes come with some from before them.
            int start = Math.Min(place, _json.Length - Vector512<byte>.Count);
            before = place - start;
            block = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(_json), (nuint)start);
        }
        else
        {
            Span<byte> padded = stackalloc byte[Vector512<byte>.Count];
            padded.Clear();
            _json[place..].CopyTo(padded);
            block = Vector512.Create<byte>(padded);
        }

        ulong quotes = Vector512.Equals(block, Vector512.Create((byte)'"')).ExtractMostSignificantBits() >> before;
        ulong backslashes = Vector512.Equals(block, Vector512.Create((byte)'\\')).ExtractMostSignificantBits() >> before;
        _lookedFrom = place;
        _lookNext = place + Vector512<byte>.Count;
        if (backslashes != 0)
        {
            ulong escaping = Escaping(backslashes);
            quotes &= ~(escaping << 1);
            _lookNext += (int)(escaping >> 63);
        }

        _quotes = quotes;

        // The two kinds of brackets differ in one bit.
        Vector512<byte> folded = block | Vector512.Create((byte)0x20);
        return (
            Vector512.Equals(folded, Vector512.Create((byte)'{')).ExtractMostSignificantBits() >> before,
            Vector512.Equals(folded, Vector512.Create((byte)'}')).ExtractMostSignificantBits() >> before);
    }

    /// <summary>Of the backslashes, those that the byte behind them belongs to: in each run the first, the third and so on.</summary>
    private static ulong Escaping(ulong backslashes)
    {
        // The subtraction borrows through a whole run, and so tells the runs that begin at an even place from the others.
        ulong runs = (((backslashes << 1) | OddBits) - backslashes) ^ OddBits;
        return runs & backslashes;
    }

    /// <summary>Sets the bits from each odd one on up to the next even one: from the quotes, what is between them.</summary>
    private static ulong Filled(ulong bits)
    {
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }
}
