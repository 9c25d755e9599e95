using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// The values that one attribute of metrics has had. There are never more than the limit; what comes after is <c>other</c>, so that whoever
/// writes events cannot make time series without number. Looking one up allocates nothing.
/// </summary>
internal sealed class BoundedValues
{
    /// <summary>The most values, <c>other</c> among them; the integration design's limit.</summary>
    public const int Limit = 50;

    /// <summary>The longest value, in bytes; a longer one is cut.</summary>
    private const int MaxBytes = 128;

    private readonly Lock _lock = new();
    private readonly byte[][] _values = new byte[Limit - 1][];
    private int _count;

    /// <summary>The value to count an event's under: its own, <c>unknown</c> where there is none, or <c>other</c>.</summary>
    public ReadOnlySpan<byte> Of(EventValue value)
    {
        if (value.Raw.IsEmpty || value.Kind is not (EventValueKind.String or EventValueKind.Number or EventValueKind.Boolean))
            return "unknown"u8;
        using var text = new DecodedText(value);
        ReadOnlySpan<byte> utf8 = Utf8Text.Cut(text.Utf8, MaxBytes);
        return Find(utf8, Volatile.Read(ref _count)) ?? Add(utf8);
    }

    private byte[]? Find(ReadOnlySpan<byte> value, int count)
    {
        for (int index = 0; index < count; index++)
        {
            if (value.SequenceEqual(_values[index]))
                return _values[index];
        }

        return null;
    }

    private ReadOnlySpan<byte> Add(ReadOnlySpan<byte> value)
    {
        lock (_lock)
        {
            if (Find(value, _count) is { } known)
                return known;
            if (_count == _values.Length)
                return "other"u8;
            _values[_count] = value.ToArray();
            Volatile.Write(ref _count, _count + 1);
            return _values[_count - 1];
        }
    }
}
