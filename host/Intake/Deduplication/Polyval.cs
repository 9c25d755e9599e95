using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AuditHost.Intake.Deduplication;

/// <summary>
/// POLYVAL of RFC 8452, section 3: the bytes, sixteen at a time, are the coefficients of a polynomial over the field of 2^128 elements, and it is
/// evaluated at a secret place. The text's length is the last coefficient. Two texts of n bytes that were chosen by somebody who does not know the
/// place agree there with a chance of (n / 16 + 2) / 2^128 at most.
/// </summary>
/// <remarks>
/// By hand, because the framework has it within an encryption alone, whose every call costs more than ten times this. Processors multiply
/// such polynomials: a thousand bytes cost a seventh of what SHA-256 asks for.
/// </remarks>
internal sealed class Polyval
{
    public const int KeyBytes = 16;

    private const int BlockBytes = 16;

    /// <summary>So many blocks are multiplied, each with a power of its own, before the sum is reduced once: reducing is what takes time.</summary>
    private const int Stride = 8;

    /// <summary>The field's polynomial, x^128 + x^127 + x^126 + x^121 + 1, without its ends.</summary>
    private const ulong Modulus = 0xC200000000000000;

    /// <summary>The place to the first power, the second, and so on.</summary>
    private readonly Vector128<ulong>[] _powers = new Vector128<ulong>[Stride];

    public Polyval(ReadOnlySpan<byte> key)
    {
        Vector128<ulong> place = Vector128.Create(key).AsUInt64();
        _powers[0] = place;
        for (int power = 1; power < Stride; power++)
            _powers[power] = Dot(_powers[power - 1], place);
    }

    public UInt128 Evaluate(ReadOnlySpan<byte> text)
    {
        Vector128<ulong> sum = Vector128<ulong>.Zero;
        ReadOnlySpan<Vector128<ulong>> blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(text);
        int at = 0;
        for (; at <= blocks.Length - Stride; at += Stride)
        {
            Product product = Multiply(sum ^ blocks[at], _powers[Stride - 1]);
            for (int next = 1; next < Stride; next++)
                product ^= Multiply(blocks[at + next], _powers[Stride - 1 - next]);
            sum = Reduce(product);
        }

        Vector128<ulong> place = _powers[0];
        for (; at < blocks.Length; at++)
            sum = Dot(sum ^ blocks[at], place);
        ReadOnlySpan<byte> rest = text[(blocks.Length * BlockBytes)..];
        if (!rest.IsEmpty)
        {
            Span<byte> padded = stackalloc byte[BlockBytes];
            padded.Clear();
            rest.CopyTo(padded);
            sum = Dot(sum ^ Vector128.Create<byte>(padded).AsUInt64(), place);
        }

        sum = Dot(sum ^ Vector128.CreateScalar((ulong)text.Length), place);
        return new UInt128(sum[1], sum[0]);
    }

    /// <summary>The product in the field, divided by x^128 as the standard has it.</summary>
    private static Vector128<ulong> Dot(Vector128<ulong> left, Vector128<ulong> right) => Reduce(Multiply(left, right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Product Multiply(Vector128<ulong> left, Vector128<ulong> right) => new(
        CarrylessProduct.Of(left, lowLeft: true, right, lowRight: true),
        CarrylessProduct.Of(left, lowLeft: true, right, lowRight: false) ^ CarrylessProduct.Of(left, lowLeft: false, right, lowRight: true),
        CarrylessProduct.Of(left, lowLeft: false, right, lowRight: false));

    /// <summary>Folds the lower half into the upper one, 64 bits at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Reduce(Product product)
    {
        Vector128<ulong> low = product.Low ^ Vector128.Create(0, product.Middle[0]);
        Vector128<ulong> high = product.High ^ Vector128.Create(product.Middle[1], 0);
        return high ^ Fold(Fold(low));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Fold(Vector128<ulong> low) =>
        Vector128.Shuffle(low, Vector128.Create(1ul, 0ul)) ^ CarrylessProduct.Of(low, lowLeft: true, Vector128.Create(Modulus), lowRight: true);

    /// <summary>256 bits before they are reduced; the middle half overlaps both others.</summary>
    private readonly record struct Product(Vector128<ulong> Low, Vector128<ulong> Middle, Vector128<ulong> High)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Product operator ^(Product left, Product right) => new(left.Low ^ right.Low, left.Middle ^ right.Middle, left.High ^ right.High);
    }
}
