using System.Numerics;
using System.Runtime.CompilerServices;
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int EndOfString(int at)
    {
        at++;
        int ahead = at - _lookedFrom;
        if ((uint)ahead >= (uint)Vector512<byte>.Count)
            return EndOfStringFrom(at);
        ulong quotes = _quotes >> ahead;
        return quotes != 0 ? at + BitOperations.TrailingZeroCount(quotes) : EndOfStringFrom(_lookNext);
    }

    /// <summary>The next quote, for which bytes must be looked at that were not yet.</summary>
    private int EndOfStringFrom(int at)
    {
        for (; ; at = _lookNext)
        {
            Look(at);
            if (_quotes != 0)
                return at + BitOperations.TrailingZeroCount(_quotes);
        }
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
            Look(at);
            ulong strings = Filled(_quotes) ^ inside;
            inside = (ulong)((long)strings >> 63);

            // The two kinds of brackets differ in one bit.
            Vector512<byte> block = Load(at, out int before) | Vector512.Create((byte)0x20);
            ulong opening = (Places(block, (byte)'{') >> before) & ~strings;
            ulong closing = (Places(block, (byte)'}') >> before) & ~strings;
            for (; closing != 0 && BitOperations.PopCount(closing) >= depth; closing &= closing - 1)
            {
                int end = BitOperations.TrailingZeroCount(closing);
                ulong earlier = (1UL << end) - 1;
                depth += BitOperations.PopCount(opening & earlier) - 1;
                opening &= ~earlier;
                if (depth == 0)
                    return at + end + 1;
            }

            depth += BitOperations.PopCount(opening) - BitOperations.PopCount(closing);
        }
    }

    /// <summary>Looks for quotes from a place on, whose byte must be none that a backslash belongs to.</summary>
    private void Look(int place)
    {
        Vector512<byte> block = Load(place, out int before);
        _quotes = Places(block, (byte)'"') >> before;
        _lookedFrom = place;
        _lookNext = place + Vector512<byte>.Count;
        ulong backslashes = Places(block, (byte)'\\') >> before;
        if (backslashes == 0)
            return;
        ulong escaping = Escaping(backslashes);
        _quotes &= ~(escaping << 1);
        _lookNext += (int)(escaping >> 63);
    }

    /// <summary>The bytes from a place on.</summary>
    /// <param name="place">The place.</param>
    /// <param name="before">How many bytes from before it come with them, since those behind the end cannot be loaded.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Vector512<byte> Load(int place, out int before)
    {
        before = 0;
        int last = _json.Length - Vector512<byte>.Count;
        if (place > last)
        {
            if (last < 0 || place >= _json.Length)
                return LoadShort(place);
            before = place - last;
        }

        return Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(_json), (nuint)(place - before));
    }

    /// <summary>The same of JSON that is shorter than that. Zeros, which mean nothing, follow it.</summary>
    private readonly Vector512<byte> LoadShort(int place)
    {
        if (place >= _json.Length)
            throw new InvalidDataException("The JSON ends inside a value; it was not checked.");
        Span<byte> padded = stackalloc byte[Vector512<byte>.Count];
        padded.Clear();
        _json[place..].CopyTo(padded);
        return Vector512.Create<byte>(padded);
    }

    /// <summary>A bit for each byte that is the one given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Places(Vector512<byte> block, byte one) => Vector512.Equals(block, Vector512.Create(one)).ExtractMostSignificantBits();

    /// <summary>Of the backslashes, those that the byte behind them belongs to: in each run the first, the third and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
