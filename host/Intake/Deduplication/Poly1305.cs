using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AuditHost.Intake.Deduplication;

/// <summary>
/// The polynomial of RFC 8439, section 2.5: the bytes, sixteen at a time, are its coefficients, and it is evaluated at a secret place modulo
/// 2^130 - 5. Two texts of n bytes that were chosen by somebody who does not know the place agree there with a chance of n / 2^107 at most.
/// The addition at the end, which makes a tag of the value that may be shown to others, is the caller's.
/// </summary>
/// <remarks>
/// By hand, because the framework has it within an encryption alone, whose every call costs more than a thousand bytes of the polynomial.
/// </remarks>
internal readonly struct Poly1305
{
    public const int KeyBytes = 16;

    private const int BlockBytes = 16;
    private const ulong LowMask = 0x0FFFFFFC0FFFFFFF;
    private const ulong HighMask = 0x0FFFFFFC0FFFFFFC;

    private readonly ulong _low;
    private readonly ulong _high;

    /// <summary>The upper half times five quarters: a product beyond 2^130 comes back in times five, and its two lowest bits are zero.</summary>
    private readonly ulong _folded;

    public Poly1305(ReadOnlySpan<byte> key)
    {
        _low = BinaryPrimitives.ReadUInt64LittleEndian(key) & LowMask;
        _high = BinaryPrimitives.ReadUInt64LittleEndian(key[sizeof(ulong)..]) & HighMask;
        _folded = _high + (_high >> 2);
    }

    public UInt128 Evaluate(ReadOnlySpan<byte> text)
    {
        ulong low = 0;
        ulong middle = 0;
        ulong top = 0;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(text[..(text.Length / BlockBytes * BlockBytes)]);
        for (int i = 0; i + 1 < words.Length; i += 2)
            Step(ref low, ref middle, ref top, words[i], words[i + 1], mark: 1);
        ReadOnlySpan<byte> rest = text[(words.Length * sizeof(ulong))..];
        if (!rest.IsEmpty)
        {
            Span<byte> last = stackalloc byte[BlockBytes];
            last.Clear();
            rest.CopyTo(last);
            last[rest.Length] = 1;
            Step(ref low, ref middle, ref top, BitConverter.ToUInt64(last), BitConverter.ToUInt64(last[sizeof(ulong)..]), mark: 0);
        }

        return Reduce(new UInt128(middle, low), top);
    }

    /// <summary>Adds a block, with its end mark at 2^128, and multiplies with the place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step(ref ulong low, ref ulong middle, ref ulong top, ulong blockLow, ulong blockHigh, ulong mark)
    {
        ulong carry = Add(ref low, blockLow);
        top += mark + Add(ref blockHigh, carry);
        top += Add(ref middle, blockHigh);

        ulong firstHigh = Math.BigMul(low, _low, out ulong first);
        ulong more = Math.BigMul(middle, _folded, out ulong addend);
        firstHigh += more + Add(ref first, addend);

        ulong secondHigh = Math.BigMul(low, _high, out ulong second);
        more = Math.BigMul(middle, _low, out addend);
        secondHigh += more + Add(ref second, addend);
        secondHigh += Add(ref second, top * _folded);
        secondHigh += Add(ref second, firstHigh);
        ulong third = (top * _low) + secondHigh;

        // What lies beyond 2^130 comes back in times five: as it is, which is times four, and shifted by two.
        carry = Add(ref first, (third & ~3ul) + (third >> 2));
        low = first;
        top = (third & 3) + Add(ref second, carry);
        middle = second;
    }

    /// <returns>The carry.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Add(ref ulong sum, ulong addend)
    {
        sum += addend;
        return sum < addend ? 1ul : 0;
    }

    /// <summary>The remainder, of which the lower 128 bits count.</summary>
    private static UInt128 Reduce(UInt128 value, ulong top)
    {
        UInt128 plusFive = value + 5;
        return top + (plusFive < value ? 1ul : 0) >= 4 ? plusFive : value;
    }
}
