using System.Buffers;
using System.Globalization;
using System.Text.Json;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// Writes the attributes of one log or event after the other: texts and numbers alone, within New Relic's limits, no name twice. What does not fit is
/// cut with a mark, and counted. Allocates nothing for an event.
/// </summary>
/// <param name="maxValue">The longest value, in characters.</param>
internal sealed class AttributeWriter(int maxValue) : IDisposable
{
    /// <summary>Ends what was cut.</summary>
    public const string Mark = "…[cut]";

    private const int MaxDepth = 16;

    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1000 };

    private readonly PooledBuffer _text = new(8 << 10);
    private readonly ulong[] _seen = ArrayPool<ulong>.Shared.Rent(NewRelicLimits.OwnAttributes);
    private int _count;

    /// <summary>The mark in UTF-8.</summary>
    public static ReadOnlySpan<byte> MarkUtf8 => "…[cut]"u8;

    /// <summary>How many names and values were cut or left out.</summary>
    public int Cuts { get; private set; }

    /// <summary>Begins with the next log or event.</summary>
    /// <param name="attributes">Those that it has already.</param>
    /// <param name="cuts">How much of it was cut already.</param>
    public void Begin((byte[] Name, byte[] Value)[] attributes, int cuts = 0)
    {
        (_count, Cuts) = (0, cuts);
        foreach ((byte[] name, _) in attributes)
            TryTake(name);
    }

    /// <summary>Writes an attribute of a known name; nothing where there is no value.</summary>
    public void Write(scoped ReadOnlySpan<byte> name, scoped EventValue value, ref JsonWriter json)
    {
        if (!value.HasValue || value.Raw.IsEmpty || value.Raw.SequenceEqual("[]"u8))
            return;
        if (!TryTake(name))
        {
            Cuts++;
            return;
        }

        json.Name(name);
        WriteValue(value, ref json);
    }

    /// <summary>Writes an attribute that is text.</summary>
    public void Write(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> text, ref JsonWriter json)
    {
        if (text.IsEmpty)
            return;
        if (!TryTake(name))
        {
            Cuts++;
            return;
        }

        json.Name(name);
        WriteText(text, ref json);
    }

    /// <summary>Writes every scalar of an object under the path that leads to it, joined by dots.</summary>
    /// <param name="document">A checked JSON object.</param>
    /// <param name="json">Where the attributes go.</param>
    public void WriteAll(scoped ReadOnlySpan<byte> document, ref JsonWriter json)
    {
        Span<byte> path = stackalloc byte[NewRelicLimits.AttributeName];
        Span<int> parents = stackalloc int[MaxDepth];
        int depth = 0;
        int length = 0;
        var reader = new Utf8JsonReader(document, Deep);
        reader.Read();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                if (depth == 0)
                    return;
                length = parents[--depth];
                continue;
            }

            int named = Append(path, length, new EventValue(EventValueKind.String, reader.ValueSpan));
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject && depth < MaxDepth)
            {
                parents[depth++] = length;
                length = named;
                continue;
            }

            int start = (int)reader.TokenStartIndex;
            EventValueKind kind = KindOf(reader.TokenType);
            if (kind is EventValueKind.Object or EventValueKind.Array)
            {
                reader.Skip();
                WriteFound(path[..named], new EventValue(kind, document[start..(int)reader.BytesConsumed]), ref json);
            }
            else
            {
                WriteFound(path[..named], new EventValue(kind, reader.ValueSpan), ref json);
            }
        }
    }

    /// <summary>Says how much was cut or left out, where anything was. There is always room for it.</summary>
    public void WriteCuts(ref JsonWriter json)
    {
        if (Cuts == 0)
            return;
        json.Name("audit.cut"u8);
        json.Number(Cuts);
    }

    /// <summary>Whether a list has scalars alone, so that it can be told in one line.</summary>
    public static bool IsFlat(ReadOnlySpan<byte> array) => !array[1..].ContainsAny((byte)'[', (byte)'{');

    public void Dispose()
    {
        _text.Dispose();
        ArrayPool<ulong>.Shared.Return(_seen);
    }

    private void WriteFound(scoped ReadOnlySpan<byte> path, scoped EventValue value, ref JsonWriter json)
    {
        if (!value.HasValue)
            return;
        Span<byte> name = stackalloc byte[NewRelicLimits.AttributeName];
        int length = NameOf(path, name);
        if (!TryTake(name[..length]) && !TryTakeNumbered(name, ref length))
        {
            Cuts++;
            return;
        }

        json.Name(name[..length]);
        WriteValue(value, ref json);
    }

    /// <summary>Adds a name to the path that leads to it. A path that is too long is cut, which the count tells.</summary>
    private int Append(scoped Span<byte> path, int length, scoped EventValue name)
    {
        if (length > 0 && length < path.Length)
            path[length++] = (byte)'.';
        using var text = new DecodedText(name);
        ReadOnlySpan<byte> utf8 = text.Utf8.IsEmpty ? "_"u8 : text.Utf8;
        if (utf8.Length > path.Length - length)
        {
            utf8 = utf8[..(path.Length - length)];
            Cuts++;
        }

        utf8.CopyTo(path[length..]);
        AttributeName.Clean(path.Slice(length, utf8.Length));
        return length + utf8.Length;
    }

    /// <summary>The name that a path gets: itself, unless New Relic would not leave it to the event.</summary>
    private static int NameOf(scoped ReadOnlySpan<byte> path, scoped Span<byte> name)
    {
        int start = 0;
        if (AttributeName.IsReserved(path))
        {
            AttributeName.Prefix.CopyTo(name);
            start = AttributeName.Prefix.Length;
            path = path[..Math.Min(path.Length, name.Length - start)];
        }

        path.CopyTo(name[start..]);
        return start + path.Length;
    }

    /// <summary>Two names may become one when they are cleaned or cut; the second of them gets a number.</summary>
    private bool TryTakeNumbered(scoped Span<byte> name, ref int length)
    {
        Span<byte> number = stackalloc byte[4];
        _count.TryFormat(number, out int digits, provider: CultureInfo.InvariantCulture);
        int end = Math.Min(length, name.Length - digits - 1);
        name[end] = (byte)'_';
        number[..digits].CopyTo(name[(end + 1)..]);
        length = end + 1 + digits;
        return TryTake(name[..length]);
    }

    private bool TryTake(scoped ReadOnlySpan<byte> name)
    {
        ulong hash = HashOf(name);
        if (_count >= NewRelicLimits.OwnAttributes || _seen.AsSpan(0, _count).Contains(hash))
            return false;
        _seen[_count++] = hash;
        return true;
    }

    private void WriteValue(scoped EventValue value, ref JsonWriter json)
    {
        switch (value.Kind)
        {
            case EventValueKind.Number when IsNumber(value):
                json.Literal(value.Raw);
                break;
            case EventValueKind.Array when IsFlat(value.Raw):
                _text.Clear();
                int joined = ScalarList.Join(value.Raw, _text.GetSpan(value.Raw.Length));
                _text.Advance(joined);
                WriteJoined(ref json);
                break;
            default:
                using (var text = new DecodedText(value))
                    WriteText(text.Utf8, ref json);
                break;
        }
    }

    private void WriteText(scoped ReadOnlySpan<byte> text, ref JsonWriter json)
    {
        if (Utf8Text.CutCharacters(text, maxValue).Length == text.Length)
        {
            json.String(text);
            return;
        }

        _text.Clear();
        Put(Utf8Text.CutCharacters(text, maxValue - Mark.Length));
        Put(MarkUtf8);
        json.String(_text.Written.Span);
        Cuts++;
    }

    private void WriteJoined(ref JsonWriter json)
    {
        ReadOnlySpan<byte> text = _text.Written.Span;
        int fits = Utf8Text.CutCharacters(text, maxValue).Length;
        if (fits < text.Length)
        {
            int kept = Utf8Text.CutCharacters(text, maxValue - Mark.Length).Length;
            _text.Replace(kept, _text.Length - kept, 0);
            Put(MarkUtf8);
            Cuts++;
        }

        json.String(_text.Written.Span);
    }

    private void Put(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(_text.GetSpan(text.Length));
        _text.Advance(text.Length);
    }

    /// <summary>Whether New Relic keeps a number as it is: what 64 bits do not hold is text, which loses no digit.</summary>
    private static bool IsNumber(EventValue value) =>
        value.TryGetInt64(out _) || (value.Raw.IndexOfAny(".eE"u8) >= 0 && value.TryGetDouble(out double number) && double.IsFinite(number));

    private static EventValueKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.String => EventValueKind.String,
        JsonTokenType.Number => EventValueKind.Number,
        JsonTokenType.True or JsonTokenType.False => EventValueKind.Boolean,
        JsonTokenType.StartObject => EventValueKind.Object,
        JsonTokenType.StartArray => EventValueKind.Array,
        _ => EventValueKind.Null,
    };

    /// <summary>FNV-1a. Names that a stranger chooses to collide cost the second of them its plain name.</summary>
    private static ulong HashOf(ReadOnlySpan<byte> name)
    {
        ulong hash = 14695981039346656037;
        foreach (byte one in name)
            hash = (hash ^ one) * 1099511628211;
        return hash;
    }
}
