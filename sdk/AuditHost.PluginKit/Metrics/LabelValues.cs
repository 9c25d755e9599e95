using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Metrics;

/// <summary>
/// The values that one label of one family has had, numbered in the order they came. There are never more than the limit: what comes after
/// is <c>other</c>. Looking one up allocates nothing.
/// </summary>
public sealed class LabelValues
{
    /// <summary>The longest value; a longer one is cut.</summary>
    public const int MaxBytes = 128;

    private static readonly byte[] OtherText = "other"u8.ToArray();

    private readonly byte[][] _values;
    private readonly byte[] _slots;
    private int _count;

    /// <summary>Begins with the values that are known beforehand.</summary>
    /// <param name="limit">The most values, <c>other</c> among them; at most 250.</param>
    /// <param name="known">Values that have a place whatever else comes first.</param>
    public LabelValues(int limit, params ReadOnlySpan<string> known)
    {
        _values = new byte[limit][];
        _slots = new byte[BitOperations.RoundUpToPowerOf2((uint)limit * 4)];
        Other = limit - 1;
        _values[Other] = OtherText;
        foreach (string value in known)
            IndexOf(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>How many numbers there are, used or not.</summary>
    public int Limit => _values.Length;

    /// <summary>The number of what found no place.</summary>
    public int Other { get; }

    /// <summary>The value of a number that was given out.</summary>
    public byte[] this[int index] => _values[index];

    /// <summary>The number of an event's value; one that is missing, empty or no scalar is <c>unknown</c>.</summary>
    public int IndexOf(EventValue value)
    {
        if (value.Raw.IsEmpty || value.Kind is not (EventValueKind.String or EventValueKind.Number or EventValueKind.Boolean))
            return IndexOf("unknown"u8);
        if (!value.IsEscaped)
            return IndexOf(value.Raw);
        using var text = new DecodedText(value);
        return IndexOf(text.Utf8);
    }

    /// <summary>The number of a value, which gets one where there is room.</summary>
    public int IndexOf(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> text = Utf8Text.Cut(value, MaxBytes);
        if (text.SequenceEqual(OtherText))
            return Other;
        uint mask = (uint)_slots.Length - 1;
        for (uint slot = Hash(text) & mask; ; slot = (slot + 1) & mask)
        {
            int index = _slots[slot] - 1;
            if (index < 0)
                return Add(text, slot);
            if (text.SequenceEqual(_values[index]))
                return index;
        }
    }

    private int Add(ReadOnlySpan<byte> text, uint slot)
    {
        if (_count >= Other)
            return Other;
        _values[_count] = text.ToArray();
        _slots[slot] = (byte)(_count + 1);
        return _count++;
    }

    /// <summary>Values that a stranger chooses to collide cost a search among no more than the limit.</summary>
    private static uint Hash(ReadOnlySpan<byte> text)
    {
        ulong hash = (ulong)text.Length;
        if (text.Length >= sizeof(ulong))
        {
            hash = Mix(hash, MemoryMarshal.Read<ulong>(text));
            hash = Mix(hash, MemoryMarshal.Read<ulong>(text[^sizeof(ulong)..]));
        }
        else
        {
            foreach (byte one in text)
                hash = Mix(hash, one);
        }

        return (uint)(hash >> 32);
    }

    private static ulong Mix(ulong hash, ulong value) => BitOperations.RotateLeft((hash ^ value) * 0x9E3779B97F4A7C15, 29);
}
