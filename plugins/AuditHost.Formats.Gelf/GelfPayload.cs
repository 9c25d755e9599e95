using System.Buffers;
using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Formats.Gelf;

/// <summary>
/// Makes fields of a payload's members, those of its objects by the names of both. What a field's name cannot hold becomes an underscore;
/// of two members that then have the same name the first counts, since a JSON object with a name twice is read in many ways.
/// </summary>
internal static class GelfPayload
{
    private static readonly SearchValues<byte> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"u8);

    public static void Write(ReadOnlySpan<byte> payload, ref GelfWriter gelf)
    {
        ReadOnlySpan<byte> prefix = "_payload"u8;
        Span<byte> name = stackalloc byte[GelfLimits.FieldName];
        Span<int> ends = stackalloc int[GelfLimits.Depth + 1];
        Span<byte> names = stackalloc byte[GelfLimits.PayloadFields * GelfLimits.FieldName];
        Span<int> lengths = stackalloc int[GelfLimits.PayloadFields];
        prefix.CopyTo(name);
        ends[0] = prefix.Length;
        int count = 0;
        int depth = 0;
        int length = prefix.Length;
        var reader = new Utf8JsonReader(payload);
        reader.Read();
        while (reader.Read() && count < lengths.Length)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    length = AppendName(reader.ValueSpan, name, ends[depth]);
                    continue;
                case JsonTokenType.StartObject when depth < GelfLimits.Depth - 1:
                    ends[++depth] = length;
                    continue;
                case JsonTokenType.EndObject:
                    depth--;
                    continue;
                default:
                    break;
            }

            EventValue value = ReadValue(ref reader, payload);
            if (value.Kind is EventValueKind.Object or EventValueKind.Null || IsThere(name[..length], names, lengths[..count]))
                continue;
            name[..length].CopyTo(names[(count * GelfLimits.FieldName)..]);
            lengths[count++] = length;
            gelf.Field(name[..length], value);
        }
    }

    private static int AppendName(ReadOnlySpan<byte> member, Span<byte> name, int start)
    {
        if (start == name.Length)
            return start;
        name[start++] = (byte)'_';
        byte[] decoded = ArrayPool<byte>.Shared.Rent(member.Length);
        ReadOnlySpan<byte> text = decoded.AsSpan(0, new EventValue(EventValueKind.String, member).CopyTo(decoded));
        text = text[..Math.Min(text.Length, name.Length - start)];
        foreach (byte character in text)
            name[start++] = NameCharacters.Contains(character) ? character : (byte)'_';
        ArrayPool<byte>.Shared.Return(decoded);
        return start;
    }

    private static EventValue ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> payload)
    {
        int start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new EventValue(EventValueKind.String, reader.ValueSpan);
            case JsonTokenType.Number:
                return new EventValue(EventValueKind.Number, reader.ValueSpan);
            case JsonTokenType.True or JsonTokenType.False:
                return new EventValue(EventValueKind.Boolean, reader.ValueSpan);
            case JsonTokenType.StartArray:
                reader.Skip();
                return new EventValue(EventValueKind.Array, payload[start..(int)reader.BytesConsumed]);
            case JsonTokenType.StartObject:
                reader.Skip();
                return new EventValue(EventValueKind.Object, default);
            default:
                return new EventValue(EventValueKind.Null, default);
        }
    }

    private static bool IsThere(ReadOnlySpan<byte> name, ReadOnlySpan<byte> names, ReadOnlySpan<int> lengths)
    {
        for (int i = 0; i < lengths.Length; i++)
        {
            if (names.Slice(i * GelfLimits.FieldName, lengths[i]).SequenceEqual(name))
                return true;
        }

        return false;
    }
}
