using System.Buffers;
using System.Text.Json;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Cef;

/// <summary>Writes the parts of one line. A value that is missing or empty leaves its key out as well.</summary>
internal ref struct CefWriter(IBufferWriter<byte> output)
{
    private Utf8Writer _writer = new(output);
    private bool _hasExtension;

    /// <summary>Writes a part of the header that is already escaped.</summary>
    public void HeaderPart(scoped ReadOnlySpan<byte> escaped) => _writer.Write(escaped);

    /// <summary>Writes a header field and the bar after it.</summary>
    public void HeaderField(scoped ReadOnlySpan<byte> text, int limit)
    {
        CefText.WriteHeader(ref _writer, CefText.Cut(text, limit));
        _writer.Write((byte)'|');
    }

    public void Extension(scoped ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> text, int limit)
    {
        if (text.IsEmpty)
            return;
        Key(key);
        CefText.WriteValue(ref _writer, CefText.Cut(text, limit));
    }

    public void Extension(scoped ReadOnlySpan<byte> key, EventValue value, int limit)
    {
        using var text = new DecodedText(value);
        Extension(key, text.Utf8, limit);
    }

    public void Extension(scoped ReadOnlySpan<byte> key, long number)
    {
        Key(key);
        _writer.WriteNumber(number);
    }

    /// <summary>Writes a count where the event has one; receivers drop what is no number or beyond the key's range.</summary>
    public void Count(scoped ReadOnlySpan<byte> key, EventValue value)
    {
        if (value.TryGetInt64(out long count) && count is >= 0 and <= int.MaxValue)
            Extension(key, count);
    }

    /// <summary>Writes a custom field together with the label without which it means nothing.</summary>
    public void Labelled(scoped ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> label, EventValue value)
    {
        using var text = new DecodedText(value);
        Labelled(key, label, text.Utf8);
    }

    /// <summary>Writes an array's elements, joined by commas, as one custom string.</summary>
    public void LabelledList(scoped ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> label, EventValue array)
    {
        if (array.Kind != EventValueKind.Array)
            return;
        byte[] joined = ArrayPool<byte>.Shared.Rent(array.Raw.Length);
        try
        {
            Labelled(key, label, joined.AsSpan(0, Join(array.Raw, joined)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }

    /// <summary>Writes the length of an array as a custom number.</summary>
    public void LabelledLength(scoped ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> label, EventValue array)
    {
        if (array.Kind != EventValueKind.Array)
            return;
        long length = 0;
        var reader = new Utf8JsonReader(array.Raw);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            length++;
        }

        Label(key, label);
        Extension(key, length);
    }

    public void Flush() => _writer.Flush();

    private void Labelled(scoped ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> label, scoped ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return;
        Label(key, label);
        Extension(key, text, CefLimits.CustomString);
    }

    private void Label(scoped ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> label)
    {
        Separator();
        _writer.Write(key);
        _writer.Write("Label="u8);
        _writer.Write(label);
    }

    private void Key(scoped ReadOnlySpan<byte> key)
    {
        Separator();
        _writer.Write(key);
        _writer.Write((byte)'=');
    }

    private void Separator()
    {
        if (_hasExtension)
            _writer.Write((byte)' ');
        _hasExtension = true;
    }

    /// <summary>Joins into the target. The quotes that go make room for the commas, so the array's length is always enough.</summary>
    private static int Join(ReadOnlySpan<byte> array, Span<byte> target)
    {
        int written = 0;
        var reader = new Utf8JsonReader(array);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.Null)
            {
                reader.Skip();
                continue;
            }

            if (written > 0)
                target[written++] = (byte)',';
            EventValueKind kind = reader.TokenType == JsonTokenType.String ? EventValueKind.String : EventValueKind.Number;
            written += new EventValue(kind, reader.ValueSpan).CopyTo(target[written..]);
        }

        return written;
    }
}
