using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace AuditHost.Sdk;

/// <summary>One value of an event, still as the bytes received; decoded only on demand and without allocation.</summary>
public readonly ref struct EventValue
{
    /// <summary>Wraps a JSON token. Strings come without their quotes.</summary>
    public EventValue(EventValueKind kind, ReadOnlySpan<byte> raw)
    {
        Kind = kind;
        Raw = raw;
    }

    /// <summary>What the value is.</summary>
    public EventValueKind Kind { get; }

    /// <summary>The token as received; a string without its quotes, escapes untouched.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    /// <summary>Whether there is a value: neither missing nor <c>null</c>.</summary>
    public bool HasValue => Kind > EventValueKind.Null;

    /// <summary>Whether <see cref="Raw"/> has escapes that <see cref="WriteTo"/> would decode.</summary>
    public bool IsEscaped => Kind == EventValueKind.String && Raw.Contains((byte)'\\');

    /// <summary>Writes the decoded text of a string, or the token of anything else, as UTF-8. A missing value writes nothing.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!HasValue)
            return;
        if (!IsEscaped)
        {
            output.Write(Raw);
            return;
        }

        Span<byte> target = output.GetSpan(Raw.Length);
        output.Advance(JsonText.Unescape(Raw, target));
    }

    /// <summary>Decodes into a buffer, which must hold <see cref="Raw"/>'s length.</summary>
    /// <returns>The number of bytes written.</returns>
    public int CopyTo(Span<byte> target)
    {
        if (!HasValue)
            return 0;
        if (IsEscaped)
            return JsonText.Unescape(Raw, target);
        Raw.CopyTo(target);
        return Raw.Length;
    }

    /// <summary>Whether the decoded value is this text, compared byte by byte.</summary>
    public bool Equals(ReadOnlySpan<byte> text)
    {
        // An escape is longer than what it stands for, so only a shorter text can be the decoded one.
        if (text.Length >= Raw.Length)
            return HasValue && Raw.SequenceEqual(text) && !IsEscaped;
        if (!IsEscaped)
            return false;
        byte[] rented = ArrayPool<byte>.Shared.Rent(Raw.Length);
        try
        {
            return rented.AsSpan(0, JsonText.Unescape(Raw, rented)).SequenceEqual(text);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Reads a number, or a string that holds one.</summary>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        return Kind is EventValueKind.Number or EventValueKind.String
            && Utf8Parser.TryParse(Raw, out value, out int consumed) && consumed == Raw.Length;
    }

    /// <summary>Reads a number, or a string that holds one.</summary>
    public bool TryGetDouble(out double value)
    {
        value = 0;
        return Kind is EventValueKind.Number or EventValueKind.String
            && Utf8Parser.TryParse(Raw, out value, out int consumed) && consumed == Raw.Length;
    }

    /// <summary>The decoded text of a string, the token of anything else; empty where there is no value.</summary>
    public override string ToString()
    {
        if (!HasValue)
            return string.Empty;
        if (!IsEscaped)
            return Encoding.UTF8.GetString(Raw);
        byte[] rented = ArrayPool<byte>.Shared.Rent(Raw.Length);
        try
        {
            return Encoding.UTF8.GetString(rented, 0, JsonText.Unescape(Raw, rented));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
