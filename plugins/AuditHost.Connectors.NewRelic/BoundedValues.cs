using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// The values that one attribute of metrics has had. There are never more than the limit and <c>other</c>, which is what comes after, so that whoever
/// writes events cannot make time series without number. Looking one up allocates nothing.
/// </summary>
internal sealed class BoundedValues
{
    /// <summary>The most values besides <c>other</c>; with it they are the integration design's 50.</summary>
    private const int Limit = 49;

    /// <summary>The longest value, in bytes; a longer one is cut.</summary>
    private const int MaxBytes = 128;

    private const int Unknown = 0;
    private const int Other = Limit;

    private readonly Lock _lock = new();
    private readonly byte[][] _values = new byte[Limit + 1][];
    private int _count = 1;

    public BoundedValues()
    {
        _values[Unknown] = "unknown"u8.ToArray();
        _values[Other] = "other"u8.ToArray();
    }

    /// <summary>The value of a number that was given out.</summary>
    public ReadOnlySpan<byte> this[int index] => _values[index];

    /// <summary>The number of the value to count an event's under: its own, that of <c>unknown</c> where there is none, or that of <c>other</c>.</summary>
    public int IndexOf(EventValue value)
    {
        if (value.Raw.IsEmpty || value.Kind is not (EventValueKind.String or EventValueKind.Number or EventValueKind.Boolean))
            return Unknown;
        using var text = new DecodedText(value);
        ReadOnlySpan<byte> utf8 = Utf8Text.Cut(text.Utf8, MaxBytes);
        return Find(utf8, Volatile.Read(ref _count)) is >= 0 and var known ? known : Add(utf8);
    }

    private int Find(ReadOnlySpan<byte> value, int count)
    {
        for (int index = 0; index < count; index++)
        {
            if (value.SequenceEqual(_values[index]))
                return index;
        }

        return -1;
    }

    private int Add(ReadOnlySpan<byte> value)
    {
        lock (_lock)
        {
            if (Find(value, _count) is >= 0 and var known)
                return known;
            if (_count == Other)
                return Other;
            _values[_count] = value.ToArray();
            Volatile.Write(ref _count, _count + 1);
            return _count - 1;
        }
    }
}
