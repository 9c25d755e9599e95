using System.Buffers;
using System.Runtime.CompilerServices;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Cef;

/// <summary>
/// Writes the parts of one line. A value that is missing or empty leaves its key out as well. A key is all that stands before its value, such
/// as <c>" cs4Label=Integrity Hash cs4="</c>: one literal, since a line has many keys and each write has its price.
/// </summary>
internal ref struct CefWriter(IBufferWriter<byte> output)
{
    private Utf8Writer _writer = new(output);

    /// <summary>Writes a part that is already escaped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Escaped(scoped ReadOnlySpan<byte> part) => _writer.Write(part);

    /// <summary>Writes a header field and the bar after it.</summary>
    public void HeaderField(scoped ReadOnlySpan<byte> text, int limit)
    {
        CefText.WriteHeader(ref _writer, Utf8Text.Cut(text, limit));
        _writer.Write((byte)'|');
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Extension(scoped ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> text, int limit)
    {
        if (text.IsEmpty)
            return;
        _writer.Write(key);
        CefText.WriteValue(ref _writer, Utf8Text.Cut(text, limit));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Extension(scoped ReadOnlySpan<byte> key, EventValue value, int limit)
    {
        if (!value.HasValue || value.Raw.IsEmpty)
            return;
        _writer.Write(key);
        WriteValue(value, limit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Extension(scoped ReadOnlySpan<byte> key, long number)
    {
        _writer.Write(key);
        _writer.WriteNumber(number);
    }

    /// <summary>Writes a count where the event has one; receivers drop what is no number or beyond the key's range.</summary>
    public void Count(scoped ReadOnlySpan<byte> key, EventValue value)
    {
        if (value.TryGetInt64(out long count) && count is >= 0 and <= int.MaxValue)
            Extension(key, count);
    }

    /// <summary>Writes an array's elements, joined by commas, as one custom string.</summary>
    public void List(scoped ReadOnlySpan<byte> key, EventValue array)
    {
        if (array.Kind != EventValueKind.Array)
            return;
        Span<byte> target = _writer.Reserve(key.Length + array.Raw.Length);
        if (array.Raw.Length > CefLimits.CustomString || !CefList.TryJoinPlain(array.Raw, target[key.Length..], out int written))
        {
            JoinAny(key, array);
        }
        else if (written > 0)
        {
            key.CopyTo(target);
            _writer.Advance(key.Length + written);
        }
    }

    /// <summary>Writes the length of an array as a custom number.</summary>
    public void Length(scoped ReadOnlySpan<byte> key, EventValue array)
    {
        if (array.Kind == EventValueKind.Array)
            Extension(key, ScalarList.Count(array.Raw));
    }

    public void Flush() => _writer.Flush();

    private void WriteValue(EventValue value, int limit)
    {
        // A backslash, by which JSON escapes, is no plain text in CEF either: what is plain here is so before and after it is decoded.
        if (value.Raw.Length <= limit && CefText.TryWritePlainValue(ref _writer, value.Raw))
            return;
        using var text = new DecodedText(value);
        CefText.WriteValue(ref _writer, Utf8Text.Cut(text.Utf8, limit));
    }

    private void JoinAny(scoped ReadOnlySpan<byte> key, EventValue array)
    {
        byte[] joined = ArrayPool<byte>.Shared.Rent(array.Raw.Length);
        try
        {
            Extension(key, joined.AsSpan(0, ScalarList.Join(array.Raw, joined)), CefLimits.CustomString);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }
}
