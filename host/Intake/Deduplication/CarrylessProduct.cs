using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace AuditHost.Intake.Deduplication;

/// <summary>The product of two polynomials over the field of two elements, 64 coefficients each.</summary>
internal static class CarrylessProduct
{
    /// <summary>Multiplies a half of one vector with a half of another.</summary>
    /// <param name="left">The one.</param>
    /// <param name="lowLeft">Whether it is its lower half.</param>
    /// <param name="right">The other.</param>
    /// <param name="lowRight">Whether it is its lower half.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Of(Vector128<ulong> left, bool lowLeft, Vector128<ulong> right, bool lowRight)
    {
        if (Pclmulqdq.IsSupported)
        {
            return (lowLeft, lowRight) switch
            {
                (true, true) => Pclmulqdq.CarrylessMultiply(left, right, 0x00),
                (true, false) => Pclmulqdq.CarrylessMultiply(left, right, 0x10),
                (false, true) => Pclmulqdq.CarrylessMultiply(left, right, 0x01),
                _ => Pclmulqdq.CarrylessMultiply(left, right, 0x11),
            };
        }

        Vector64<ulong> one = lowLeft ? left.GetLower() : left.GetUpper();
        Vector64<ulong> other = lowRight ? right.GetLower() : right.GetUpper();
        return ArmAes.IsSupported ? ArmAes.PolynomialMultiplyWideningLower(one, other) : ByBits(one.ToScalar(), other.ToScalar());
    }

    /// <summary>For processors that cannot.</summary>
    internal static Vector128<ulong> ByBits(ulong left, ulong right)
    {
        UInt128 product = 0;
        for (int bit = 0; bit < 64; bit++)
            product ^= ((UInt128)left << bit) & (UInt128.Zero - ((right >> bit) & 1));
        return Vector128.Create((ulong)product, (ulong)(product >> 64));
    }
}
