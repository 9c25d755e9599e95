using System.Buffers;
using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>
/// Finds one value in JSON that was already checked, by a dotted path. A number selects an element of an array. Since the JSON is known to be
/// good, what is not on the way is passed over without looking at more than its quotes and brackets.
/// </summary>
internal static class JsonPath
{
    /// <summary>Members with longer names, in bytes, are not found.</summary>
    private const int LongestName = 256;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> ScalarEnds = SearchValues.Create(",]} \t\r\n"u8);

    public static EventValue Find(ReadOnlySpan<byte> json, ReadOnlySpan<char> path)
    {
        int at = JsonSpace.Skip(json, 0);
        while (!path.IsEmpty)
        {
            int dot = path.IndexOf('.');
            ReadOnlySpan<char> segment = dot < 0 ? path : path[..dot];
            path = dot < 0 ? default : path[(dot + 1)..];
            bool found = json[at] switch
            {
                (byte)'{' => EnterMember(json, ref at, segment),
                (byte)'[' => EnterElement(json, ref at, segment),
                _ => false,
            };
            if (!found)
                return default;
        }

        return ReadValue(json, at);
    }

    /// <param name="json">The whole.</param>
    /// <param name="at">The object's bracket, and then the value of its member.</param>
    /// <param name="name">The member's name.</param>
    private static bool EnterMember(ReadOnlySpan<byte> json, ref int at, ReadOnlySpan<char> name)
    {
        Span<byte> wanted = stackalloc byte[LongestName];
        if (!Encoding.UTF8.TryGetBytes(name, wanted, out int length))
            return false;
        wanted = wanted[..length];
        for (at = JsonSpace.Skip(json, at + 1); json[at] != '}'; at = JsonSpace.Skip(json, at))
        {
            if (json[at] == ',')
                at = JsonSpace.Skip(json, at + 1);
            int end = EndOfString(json, at);
            bool match = IsName(json[(at + 1)..end], wanted);
            at = JsonSpace.Skip(json, end + 1);
            at = JsonSpace.Skip(json, at + 1);
            if (match)
                return true;
            at = EndOfValue(json, at);
        }

        return false;
    }

    /// <param name="json">The whole.</param>
    /// <param name="at">The array's bracket, and then its element.</param>
    /// <param name="segment">The element's index.</param>
    private static bool EnterElement(ReadOnlySpan<byte> json, ref int at, ReadOnlySpan<char> segment)
    {
        if (!int.TryParse(segment, out int wanted))
            return false;
        at = JsonSpace.Skip(json, at + 1);
        for (int index = 0; json[at] != ']'; index++)
        {
            if (json[at] == ',')
                at = JsonSpace.Skip(json, at + 1);
            if (index == wanted)
                return true;
            at = JsonSpace.Skip(json, EndOfValue(json, at));
        }

        return false;
    }

    private static bool IsName(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> wanted) =>
        raw.SequenceEqual(wanted) ? !raw.Contains((byte)'\\') : raw.Contains((byte)'\\') && new EventValue(EventValueKind.String, raw).Equals(wanted);

    private static EventValue ReadValue(ReadOnlySpan<byte> json, int at)
    {
        int end = EndOfValue(json, at);
        return json[at] switch
        {
            (byte)'"' => new EventValue(EventValueKind.String, json[(at + 1)..(end - 1)]),
            (byte)'{' => new EventValue(EventValueKind.Object, json[at..end]),
            (byte)'[' => new EventValue(EventValueKind.Array, json[at..end]),
            (byte)'t' or (byte)'f' => new EventValue(EventValueKind.Boolean, json[at..end]),
            (byte)'n' => new EventValue(EventValueKind.Null, json[at..end]),
            _ => new EventValue(EventValueKind.Number, json[at..end]),
        };
    }

    /// <summary>The place behind a value.</summary>
    private static int EndOfValue(ReadOnlySpan<byte> json, int at)
    {
        switch (json[at])
        {
            case (byte)'"':
                return EndOfString(json, at) + 1;
            case (byte)'{' or (byte)'[':
                return EndOfContainer(json, at);
            default:
                int length = json[at..].IndexOfAny(ScalarEnds);
                return length < 0 ? json.Length : at + length;
        }
    }

    private static int EndOfContainer(ReadOnlySpan<byte> json, int at)
    {
        int depth = 1;
        for (at++; depth > 0; at++)
        {
            at += json[at..].IndexOfAny(Structure);
            switch (json[at])
            {
                case (byte)'"':
                    at = EndOfString(json, at);
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                default:
                    depth--;
                    break;
            }
        }

        return at;
    }

    /// <summary>The quote that ends a string.</summary>
    /// <param name="json">The whole.</param>
    /// <param name="at">The quote that begins it.</param>
    private static int EndOfString(ReadOnlySpan<byte> json, int at)
    {
        at++;
        while (true)
        {
            at += json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == '"')
                return at;
            at += 2;
        }
    }
}
