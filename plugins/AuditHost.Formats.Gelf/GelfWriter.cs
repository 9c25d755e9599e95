using System.Buffers;
using System.Buffers.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Gelf;

/// <summary>Writes the members of one message. A value is a string or a number and nothing else; one that is missing leaves its name out.</summary>
internal ref struct GelfWriter(IBufferWriter<byte> output)
{
    private const int LongestTime = 24;

    private JsonWriter _json = new(output);

    public void Begin()
    {
        _json.BeginObject();
        _json.Name("version"u8);
        _json.Quoted("1.1"u8);
    }

    public void Text(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> text) => _json.Member(name, text);

    public void Number<TNumber>(scoped ReadOnlySpan<byte> name, TNumber number)
        where TNumber : struct, IUtf8SpanFormattable
    {
        _json.Name(name);
        _json.Number(number);
    }

    /// <summary>Writes seconds since 1970 with three decimals. Graylog takes what is not above zero for missing, so that is left out.</summary>
    public void Time(scoped ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        long milliseconds = (time.UtcTicks / TimeSpan.TicksPerMillisecond) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMillisecond);
        if (milliseconds <= 0)
            return;
        Span<byte> text = stackalloc byte[LongestTime];
        Utf8Formatter.TryFormat(milliseconds / 1000, text, out int length);
        text[length] = (byte)'.';
        Utf8Formatter.TryFormat(milliseconds % 1000, text[(length + 1)..], out int decimals, new StandardFormat('D', 3));
        _json.Name(name);
        _json.Literal(text[..(length + 1 + decimals)]);
    }

    /// <summary>
    /// Writes a field: text and numbers as they are, <c>true</c> and <c>false</c> as text since Graylog drops them otherwise, an array's
    /// elements joined by commas. Objects have no form. A number beyond 64 bits or a double is text: Graylog loses the message to it, or rounds.
    /// </summary>
    public void Field(scoped ReadOnlySpan<byte> name, scoped EventValue value)
    {
        switch (value.Kind)
        {
            case EventValueKind.String when !value.Raw.IsEmpty:
                String(name, value);
                break;
            case EventValueKind.Number when value.TryGetInt64(out _) || ExactDouble.TryParse(value.Raw, out _):
                _json.Name(name);
                _json.Literal(value.Raw);
                break;
            case EventValueKind.Number or EventValueKind.Boolean:
                _json.Name(name);
                _json.Quoted(value.Raw);
                break;
            case EventValueKind.Array:
                List(name, value.Raw);
                break;
            default:
                break;
        }
    }

    public void End()
    {
        _json.EndObject();
        _json.Flush();
    }

    private void String(scoped ReadOnlySpan<byte> name, scoped EventValue value)
    {
        if (value.Raw.Length <= GelfLimits.Field && !value.IsEscaped)
        {
            _json.Name(name);
            _json.Quoted(value.Raw);
            return;
        }

        // Decoded and escaped again, for the limit, and since half a character as an escape would fail at the index.
        using var text = new DecodedText(value);
        Text(name, Utf8Text.Cut(text.Utf8, GelfLimits.Field));
    }

    private void List(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> array)
    {
        byte[] joined = ArrayPool<byte>.Shared.Rent(array.Length);
        Text(name, Utf8Text.Cut(joined.AsSpan(0, ScalarList.Join(array, joined)), GelfLimits.Field));
        ArrayPool<byte>.Shared.Return(joined);
    }
}
