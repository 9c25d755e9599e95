using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Text;

/// <summary>
/// Writes JSON of which most is copied: an event's values are already JSON and go over as they were received, escapes and all. On one
/// line, without white space, without allocation. Whoever calls it keeps to the grammar; commas come by themselves.
/// </summary>
/// <param name="output">Where the text goes. Nobody else may write to it before <see cref="Flush"/>.</param>
public ref struct JsonWriter(IBufferWriter<byte> output)
{
    /// <summary>The longest a UTF-8 byte can become: <c>\u00XX</c>.</summary>
    private const int LongestEscape = 6;

    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    private readonly IBufferWriter<byte> _output = output;
    private Utf8Writer _text = new(output);
    private bool _needsComma;

    /// <summary>Begins an object.</summary>
    public void BeginObject() => Begin((byte)'{');

    /// <summary>Ends an object.</summary>
    public void EndObject() => End((byte)'}');

    /// <summary>Begins an array.</summary>
    public void BeginArray() => Begin((byte)'[');

    /// <summary>Ends an array.</summary>
    public void EndArray() => End((byte)']');

    /// <summary>Writes the name of a member; its value follows.</summary>
    /// <param name="name">In UTF-8, of characters that need no escape.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Name(scoped ReadOnlySpan<byte> name)
    {
        Span<byte> target = _text.Reserve(name.Length + 4);
        int used = 0;
        if (_needsComma)
            target[used++] = (byte)',';
        target[used++] = (byte)'"';
        name.CopyTo(target[used..]);
        used += name.Length;
        target[used] = (byte)'"';
        target[used + 1] = (byte)':';
        _text.Advance(used + 2);
        _needsComma = false;
    }

    /// <summary>Writes a member whose value is an event's, as it was received; nothing at all where there is none.</summary>
    public void Member(scoped ReadOnlySpan<byte> name, scoped EventValue value)
    {
        if (!value.HasValue)
            return;
        Name(name);
        Value(value);
    }

    /// <summary>Writes a member whose value is text; nothing at all where it is empty.</summary>
    public void Member(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return;
        Name(name);
        String(text);
    }

    /// <summary>
    /// Writes a member that has to be text, by <see cref="WholeText"/>: an event's text, a number, <c>true</c> and <c>false</c>; nothing at all
    /// where there is none, where it is empty and where it is an object or an array.
    /// </summary>
    public void TextMember(scoped ReadOnlySpan<byte> name, scoped EventValue value)
    {
        if (!IsText(value))
            return;
        Name(name);
        WholeText(value);
    }

    /// <summary>Whether <see cref="TextMember"/> writes a value.</summary>
    public static bool IsText(scoped EventValue value) =>
        value.Kind is EventValueKind.String or EventValueKind.Number or EventValueKind.Boolean && !value.Raw.IsEmpty;

    /// <summary>Writes a member that has to be an integer of 64 bits; nothing at all where the event's value is none.</summary>
    public void IntegerMember(scoped ReadOnlySpan<byte> name, scoped EventValue value)
    {
        if (value.Kind != EventValueKind.Number || !value.TryGetInt64(out long number))
            return;
        Name(name);
        Number(number);
    }

    /// <summary>Writes a member that has to be a list of texts, those of an event's array; nothing at all where there are none.</summary>
    /// <returns>Whether there was any.</returns>
    public bool TextListMember(scoped ReadOnlySpan<byte> name, scoped EventValue value)
    {
        if (value.Kind != EventValueKind.Array)
            return false;
        bool begun = false;
        var reader = new Utf8JsonReader(value.Raw);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.IsEmpty)
                continue;
            if (!begun)
            {
                Name(name);
                BeginArray();
                begun = true;
            }

            WholeText(new EventValue(EventValueKind.String, reader.ValueSpan));
        }

        if (begun)
            EndArray();
        return begun;
    }

    /// <summary>Writes an event's value as it was received, white space between its tokens left out; <c>null</c> where there is none.</summary>
    public void Value(scoped EventValue value)
    {
        switch (value.Kind)
        {
            case EventValueKind.String:
                Quoted(value.Raw);
                break;
            case EventValueKind.Object or EventValueKind.Array:
                Json(value.Raw);
                break;
            default:
                Literal(value.HasValue ? value.Raw : "null"u8);
                break;
        }
    }

    /// <summary>Writes an event's value as a string, whatever it is; <c>null</c> where there is none.</summary>
    public void Text(scoped EventValue value)
    {
        if (value.Kind == EventValueKind.String)
            Quoted(value.Raw);
        else if (value.HasValue)
            String(value.Raw);
        else
            Literal("null"u8);
    }

    /// <summary>
    /// Writes an event's text, number, <c>true</c> or <c>false</c> as a string that every receiver can read: half a character, which JSON can
    /// have as an escape and which an index refuses, becomes U+FFFD.
    /// </summary>
    public void WholeText(scoped EventValue value)
    {
        if (!value.IsEscaped)
        {
            Quoted(value.Raw);
            return;
        }

        using var text = new DecodedText(value);
        String(text.Utf8);
    }

    /// <summary>Writes UTF-8 text as a string, escaped. JSON inside it has a quote every few bytes, so it goes from one to the next.</summary>
    public void String(scoped ReadOnlySpan<byte> text)
    {
        Comma();
        _text.Write((byte)'"');
        while (text.IndexOfAny(Escaped) is >= 0 and var run)
        {
            Span<byte> target = _text.Reserve(run + LongestEscape);
            text[..run].CopyTo(target);
            _text.Advance(run + Escape(text[run], target[run..]));
            text = text[(run + 1)..];
        }

        _text.Write(text);
        _text.Write((byte)'"');
        _needsComma = true;
    }

    /// <summary>Writes text as a string, escaped.</summary>
    public void String(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Quoted(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
    }

    /// <summary>Writes an integer.</summary>
    public void Number<TNumber>(TNumber number)
        where TNumber : struct, IUtf8SpanFormattable
    {
        Comma();
        _text.WriteNumber(number);
        _needsComma = true;
    }

    /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
    public void Boolean(bool value) => Literal(value ? "true"u8 : "false"u8);

    /// <summary>Writes a time as a string in RFC 3339, UTC, to 100 ns.</summary>
    public void Time(DateTimeOffset time)
    {
        const string Format = "yyyy-MM-ddTHH:mm:ss.fffffffZ";
        Comma();
        Span<byte> target = _text.Reserve(Format.Length + 2);
        target[0] = (byte)'"';
        time.UtcDateTime.TryFormat(target[1..], out int written, Format, CultureInfo.InvariantCulture);
        target[written + 1] = (byte)'"';
        _text.Advance(written + 2);
        _needsComma = true;
    }

    /// <summary>Writes a time as a number: seconds since 1970, to the microsecond, without the rounding of a double.</summary>
    public void UnixSeconds(DateTimeOffset time)
    {
        long ticks = time.UtcTicks - DateTime.UnixEpoch.Ticks;
        Comma();
        if (ticks < 0)
            _text.Write((byte)'-');
        (long seconds, long fraction) = Math.DivRem(Math.Abs(ticks), TimeSpan.TicksPerSecond);
        _text.WriteNumber(seconds);
        Span<byte> target = _text.Reserve(7);
        target[0] = (byte)'.';
        (fraction / TimeSpan.TicksPerMicrosecond).TryFormat(target[1..], out int written, "D6", CultureInfo.InvariantCulture);
        _text.Advance(written + 1);
        _needsComma = true;
    }

    /// <summary>Writes the inside of a JSON string, which is escaped already, with quotes around it.</summary>
    public void Quoted(scoped ReadOnlySpan<byte> escaped)
    {
        Comma();
        Span<byte> target = _text.Reserve(escaped.Length + 2);
        target[0] = (byte)'"';
        escaped.CopyTo(target[1..]);
        target[escaped.Length + 1] = (byte)'"';
        _text.Advance(escaped.Length + 2);
        _needsComma = true;
    }

    /// <summary>Writes JSON that was checked before; white space between its tokens is left out where it has line breaks.</summary>
    public void Json(scoped ReadOnlySpan<byte> json)
    {
        Comma();
        _text.Flush();
        OneLineJson.Write(json, _output);
        _needsComma = true;
    }

    /// <summary>Writes text as it stands, for instance <c>null</c>, or a number.</summary>
    public void Literal(scoped ReadOnlySpan<byte> token)
    {
        Comma();
        _text.Write(token);
        _needsComma = true;
    }

    /// <summary>Writes a byte between two documents.</summary>
    public void Separator(byte value)
    {
        _text.Write(value);
        _needsComma = false;
    }

    /// <summary>Hands over what was written.</summary>
    public void Flush() => _text.Flush();

    private static int Escape(byte one, Span<byte> target)
    {
        target[0] = (byte)'\\';
        if (one >= 32)
        {
            target[1] = one;
            return 2;
        }

        "u00"u8.CopyTo(target[1..]);
        target[4] = (byte)"0123456789abcdef"[one >> 4];
        target[5] = (byte)"0123456789abcdef"[one & 15];
        return LongestEscape;
    }

    private void Begin(byte bracket)
    {
        Comma();
        _text.Write(bracket);
        _needsComma = false;
    }

    private void End(byte bracket)
    {
        _text.Write(bracket);
        _needsComma = true;
    }

    private void Comma()
    {
        if (_needsComma)
            _text.Write((byte)',');
    }
}
