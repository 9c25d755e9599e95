using System.Buffers;
using System.Buffers.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Leef;

/// <summary>
/// Writes the parts of one event into room of a fixed length. The attribute that does not fit is cut to what is left, and all after it
/// are left out; so they are to be written in the order in which they matter.
/// </summary>
/// <param name="room">Takes the event.</param>
/// <param name="tail">How much of the room is kept for <see cref="End"/>.</param>
/// <param name="delimiter">Stands between attributes.</param>
/// <param name="valueSpecials">What cannot stand in a value.</param>
internal ref struct LeefWriter(Span<byte> room, int tail, byte delimiter, SearchValues<byte> valueSpecials)
{
    private const int LongestNumber = 20;

    private readonly Span<byte> _room = room;
    private int _free = room.Length - tail;
    private int _used;
    private bool _hasAttributes;
    private bool _hasShortened;

    /// <summary>How much was written.</summary>
    public readonly int Written => _used;

    /// <summary>Whether something did not fit into the room.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Writes a part of the header that needs no care.</summary>
    public void Header(scoped ReadOnlySpan<byte> part)
    {
        part.CopyTo(_room[_used..]);
        Use(part.Length);
    }

    /// <summary>Writes a header field and the bar after it.</summary>
    public void HeaderField(scoped ReadOnlySpan<byte> text, int limit)
    {
        ReadOnlySpan<byte> fitting = Utf8Text.Cut(text, limit);
        _hasShortened |= fitting.Length < text.Length;
        LeefText.Copy(fitting, _room[_used..], LeefText.HeaderSpecials);
        Use(fitting.Length);
        Header("|"u8);
    }

    /// <summary>Writes an attribute, or nothing where it has no value.</summary>
    public void Attribute(scoped ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> value, int limit)
    {
        if (value.IsEmpty || IsCut)
            return;
        int delimiters = _hasAttributes ? 1 : 0;
        int left = _free - delimiters - key.Length - 1;
        scoped ReadOnlySpan<byte> fitting = Utf8Text.Cut(value, limit);
        _hasShortened |= fitting.Length < value.Length;
        if (fitting.Length > left)
        {
            IsCut = true;
            fitting = Utf8Text.Cut(fitting, Math.Max(left, 0));
            if (fitting.IsEmpty)
                return;
        }

        Key(key);
        LeefText.Copy(fitting, _room[_used..], valueSpecials);
        Use(fitting.Length);
    }

    /// <summary>Writes an attribute whose value is an event's.</summary>
    public void Attribute(scoped ReadOnlySpan<byte> key, scoped EventValue value, int limit)
    {
        using var text = new DecodedText(value);
        Attribute(key, text.Utf8, limit);
    }

    /// <summary>Writes an attribute whose value is a number.</summary>
    public void Attribute(scoped ReadOnlySpan<byte> key, long number)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(number, text, out int length);
        Attribute(key, text[..length], length);
    }

    /// <summary>Writes an attribute of an event.</summary>
    public void Attribute(LeefField field, AuditEvent auditEvent)
    {
        if (IsCut)
            return;
        EventValue value = auditEvent.Find(field.Path);
        switch (field.Kind)
        {
            case LeefFieldKind.List when value.Kind == EventValueKind.Array:
                List(field.Key, value.Raw, field.Limit);
                break;
            case LeefFieldKind.Count:
                if (value.Kind == EventValueKind.Array)
                    Attribute(field.Key, ScalarList.Count(value.Raw));
                break;
            case LeefFieldKind.Address:
                Address(field.Key, value);
                break;
            default:
                Attribute(field.Key, value, field.Limit);
                break;
        }
    }

    /// <summary>Writes the elements of an array, joined by commas.</summary>
    public void List(scoped ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> array, int limit)
    {
        byte[] joined = ArrayPool<byte>.Shared.Rent(array.Length);
        Attribute(key, joined.AsSpan(0, ScalarList.Join(array, joined)), limit);
        ArrayPool<byte>.Shared.Return(joined);
    }

    /// <summary>Writes the last attributes, for which room was kept.</summary>
    public void End(scoped ReadOnlySpan<byte> key, ulong number)
    {
        if (IsCut || _hasShortened)
        {
            Key("truncated"u8);
            Header("true"u8);
        }

        Key(key);
        Utf8Formatter.TryFormat(number, _room[_used..], out int length);
        Use(length);
    }

    private void Address(scoped ReadOnlySpan<byte> key, scoped EventValue value)
    {
        using var text = new DecodedText(value);
        if (AddressText.IsAddress(text.Utf8))
            Attribute(key, text.Utf8, text.Utf8.Length);
    }

    private void Key(scoped ReadOnlySpan<byte> key)
    {
        if (_hasAttributes)
            _room[_used++] = delimiter;
        _free -= _hasAttributes ? 1 : 0;
        _hasAttributes = true;
        key.CopyTo(_room[_used..]);
        _room[_used + key.Length] = (byte)'=';
        Use(key.Length + 1);
    }

    private void Use(int count)
    {
        _used += count;
        _free -= count;
    }
}
