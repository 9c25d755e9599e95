using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AuditHost.Formats.Cef;

/// <summary>Text that needs no escape, as nearly all does. It is checked while it is copied, and so is looked at only once.</summary>
internal static class CefPlainText
{
    /// <summary>Copies a text unless something in it needs an escape.</summary>
    /// <param name="text">The text.</param>
    /// <param name="target">Has room for it, and holds nothing of use where the answer is no.</param>
    /// <param name="mark">What this place escapes besides backslashes and control characters.</param>
    /// <returns>Whether the text was copied.</returns>
    public static bool TryCopy(ReadOnlySpan<byte> text, Span<byte> target, byte mark)
    {
        target = target[..text.Length];
        if (text.Length < Vector128<byte>.Count)
            return TryCopyShort(text, target, mark);
        ref byte source = ref MemoryMarshal.GetReference(text);
        ref byte destination = ref MemoryMarshal.GetReference(target);

        // The last vector begins wherever it must to end with the text, and so may take some bytes a second time.
        nuint last = (nuint)(text.Length - Vector128<byte>.Count);
        Vector128<byte> block = Vector128.LoadUnsafe(ref source, last);
        Vector128<byte> specials = Specials(block, mark);
        block.StoreUnsafe(ref destination, last);
        for (nuint at = 0; at < last; at += (nuint)Vector128<byte>.Count)
        {
            block = Vector128.LoadUnsafe(ref source, at);
            specials |= Specials(block, mark);
            block.StoreUnsafe(ref destination, at);
        }

        return specials == Vector128<byte>.Zero;
    }

    /// <summary>The same for less than a vector: the first and the last bytes together are all of it.</summary>
    private static bool TryCopyShort(ReadOnlySpan<byte> text, Span<byte> target, byte mark)
    {
        if (text.Length >= sizeof(ulong))
        {
            ulong first = BinaryPrimitives.ReadUInt64LittleEndian(text);
            ulong last = BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]);
            BinaryPrimitives.WriteUInt64LittleEndian(target, first);
            BinaryPrimitives.WriteUInt64LittleEndian(target[^sizeof(ulong)..], last);
            return Specials(Vector128.Create(first, last).AsByte(), mark) == Vector128<byte>.Zero;
        }

        if (text.Length >= sizeof(uint))
        {
            uint first = BinaryPrimitives.ReadUInt32LittleEndian(text);
            uint last = BinaryPrimitives.ReadUInt32LittleEndian(text[^sizeof(uint)..]);
            BinaryPrimitives.WriteUInt32LittleEndian(target, first);
            BinaryPrimitives.WriteUInt32LittleEndian(target[^sizeof(uint)..], last);
            return Specials(Vector128.Create(first, last, first, last).AsByte(), mark) == Vector128<byte>.Zero;
        }

        for (int at = 0; at < text.Length; at++)
        {
            byte one = text[at];
            if (one is < (byte)' ' or 0x7F or (byte)'\\' || one == mark)
                return false;
            target[at] = one;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Specials(Vector128<byte> block, byte mark) =>
        Vector128.LessThan(block, Vector128.Create((byte)' '))
        | Vector128.Equals(block, Vector128.Create((byte)0x7F))
        | Vector128.Equals(block, Vector128.Create((byte)'\\'))
        | Vector128.Equals(block, Vector128.Create(mark));
}
