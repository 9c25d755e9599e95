using System.Text;
using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>Finds one value in JSON that was already checked, by a dotted path. A number selects an element of an array.</summary>
internal static class JsonPath
{
    /// <summary>Members with longer names, in bytes, are not found.</summary>
    private const int LongestName = 256;

    public static EventValue Find(ReadOnlySpan<byte> json, ReadOnlySpan<char> path)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (!path.IsEmpty)
        {
            int dot = path.IndexOf('.');
            ReadOnlySpan<char> segment = dot < 0 ? path : path[..dot];
            path = dot < 0 ? default : path[(dot + 1)..];
            bool found = reader.TokenType switch
            {
                JsonTokenType.StartObject => EnterMember(ref reader, segment),
                JsonTokenType.StartArray => EnterElement(ref reader, segment),
                _ => false,
            };
            if (!found)
                return default;
        }

        return ReadValue(ref reader, json);
    }

    private static bool EnterMember(ref Utf8JsonReader reader, ReadOnlySpan<char> name)
    {
        Span<byte> wanted = stackalloc byte[LongestName];
        if (!Encoding.UTF8.TryGetBytes(name, wanted, out int length))
            return false;
        wanted = wanted[..length];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // The reader's own comparison throws on an escaped lone surrogate, which senders may well send.
            bool match = new EventValue(EventValueKind.String, reader.ValueSpan).Equals(wanted);
            reader.Read();
            if (match)
                return true;
            reader.Skip();
        }

        return false;
    }

    private static bool EnterElement(ref Utf8JsonReader reader, ReadOnlySpan<char> segment)
    {
        if (!int.TryParse(segment, out int wanted))
            return false;
        for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (index == wanted)
                return true;
            reader.Skip();
        }

        return false;
    }

    private static EventValue ReadValue(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        int start = (int)reader.TokenStartIndex;
        EventValueKind kind = reader.TokenType switch
        {
            JsonTokenType.String => EventValueKind.String,
            JsonTokenType.Number => EventValueKind.Number,
            JsonTokenType.True or JsonTokenType.False => EventValueKind.Boolean,
            JsonTokenType.StartObject => EventValueKind.Object,
            JsonTokenType.StartArray => EventValueKind.Array,
            _ => EventValueKind.Null,
        };
        if (kind == EventValueKind.String)
            return new EventValue(kind, json.Slice(start + 1, reader.ValueSpan.Length));
        reader.Skip();
        return new EventValue(kind, json[start..(int)reader.BytesConsumed]);
    }
}
