using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>Compares the name of a member, as it stands in JSON already checked, with a text.</summary>
internal static class JsonName
{
    /// <summary>Longer names, in bytes, are no member's.</summary>
    private const int Longest = 256;

    /// <summary>So many characters are compared at a time.</summary>
    private const int Step = sizeof(ulong);

    public static bool Is(ReadOnlySpan<byte> raw, ReadOnlySpan<char> name)
    {
        // UTF-8 has at least a byte for each unit of the name, and an escape is longer than what it stands for.
        if (raw.Length < name.Length || name.Length > Longest)
            return false;
        if (name.IsEmpty)
            return raw.IsEmpty;
        if (raw[0] != name[0] && raw[0] is < 0x80 and not (byte)'\\')
            return false;
        return (raw.Length == name.Length && IsPlainly(raw, name)) || IsSpelledOtherwise(raw, name);
    }

    /// <summary>Whether two of the same length are the same ASCII, without a backslash.</summary>
    private static bool IsPlainly(ReadOnlySpan<byte> raw, ReadOnlySpan<char> name)
    {
        if (name.Length < Step)
        {
            for (int at = 0; at < name.Length; at++)
            {
                if (raw[at] != name[at] || raw[at] is >= 0x80 or (byte)'\\')
                    return false;
            }

            return true;
        }

        // The last step begins wherever it must to end with the name.
        int last = name.Length - Step;
        for (int at = 0; at < last; at += Step)
        {
            if (!IsPlainly(raw, name, at))
                return false;
        }

        return IsPlainly(raw, name, last);
    }

    private static bool IsPlainly(ReadOnlySpan<byte> raw, ReadOnlySpan<char> name, int at)
    {
        Vector128<ushort> bytes = Vector128.WidenLower(Vector128.CreateScalarUnsafe(MemoryMarshal.Read<ulong>(raw[at..])).AsByte());
        Vector128<ushort> units = Vector128.Create<ushort>(MemoryMarshal.Cast<char, ushort>(name[at..]));
        Vector128<ushort> others = ~Vector128.Equals(bytes, units)
            | Vector128.Equals(bytes, Vector128.Create((ushort)'\\'))
            | Vector128.GreaterThan(bytes, Vector128.Create((ushort)0x7F));
        return others == Vector128<ushort>.Zero;
    }

    private static bool IsSpelledOtherwise(ReadOnlySpan<byte> raw, ReadOnlySpan<char> name)
    {
        if (Ascii.IsValid(raw) && !raw.Contains((byte)'\\'))
            return false;
        Span<byte> wanted = stackalloc byte[Longest];
        return Encoding.UTF8.TryGetBytes(name, wanted, out int length) && new EventValue(EventValueKind.String, raw).Equals(wanted[..length]);
    }
}
