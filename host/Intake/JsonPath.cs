using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>
/// Finds one value in JSON that was already checked, by a dotted path. A number selects an element of an array. Since the JSON is known to be
/// good, what is not on the way is passed over without looking at more than its quotes and brackets.
/// </summary>
internal static class JsonPath
{
    public static EventValue Find(ReadOnlySpan<byte> json, ReadOnlySpan<char> path)
    {
        var skipper = new JsonSkipper(json);
        int at = JsonSpace.Skip(json, 0);
        while (!path.IsEmpty)
        {
            int dot = path.IndexOf('.');
            ReadOnlySpan<char> segment = dot < 0 ? path : path[..dot];
            path = dot < 0 ? default : path[(dot + 1)..];
            if (!Enter(json, ref skipper, ref at, segment))
                return default;
        }

        return ReadValue(json, ref skipper, at);
    }

    /// <summary>The same by the names on the way, which may have dots.</summary>
    public static EventValue Find(ReadOnlySpan<byte> json, ReadOnlySpan<string> names)
    {
        var skipper = new JsonSkipper(json);
        int at = JsonSpace.Skip(json, 0);
        foreach (string name in names)
        {
            if (!Enter(json, ref skipper, ref at, name))
                return default;
        }

        return ReadValue(json, ref skipper, at);
    }

    private static bool Enter(ReadOnlySpan<byte> json, scoped ref JsonSkipper skipper, ref int at, ReadOnlySpan<char> segment) => json[at] switch
    {
        (byte)'{' => EnterMember(json, ref skipper, ref at, segment),
        (byte)'[' => EnterElement(json, ref skipper, ref at, segment),
        _ => false,
    };

    /// <param name="json">The whole.</param>
    /// <param name="skipper">Passes over what lies before.</param>
    /// <param name="at">The object's bracket, and then the value of its member.</param>
    /// <param name="name">The member's name.</param>
    private static bool EnterMember(ReadOnlySpan<byte> json, scoped ref JsonSkipper skipper, ref int at, ReadOnlySpan<char> name)
    {
        // A place of its own, which can stay in a register.
        int here = JsonSpace.Skip(json, at + 1);
        while (json[here] != '}')
        {
            if (json[here] == ',')
                here = JsonSpace.Skip(json, here + 1);
            int end = skipper.EndOfString(here);
            bool match = JsonName.Is(json[(here + 1)..end], name);
            here = JsonSpace.Skip(json, end + 1);
            here = JsonSpace.Skip(json, here + 1);
            if (match)
            {
                at = here;
                return true;
            }

            here = JsonSpace.Skip(json, skipper.EndOfValue(here));
        }

        return false;
    }

    /// <param name="json">The whole.</param>
    /// <param name="skipper">Passes over what lies before.</param>
    /// <param name="at">The array's bracket, and then its element.</param>
    /// <param name="segment">The element's index.</param>
    private static bool EnterElement(ReadOnlySpan<byte> json, scoped ref JsonSkipper skipper, ref int at, ReadOnlySpan<char> segment)
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
            at = JsonSpace.Skip(json, skipper.EndOfValue(at));
        }

        return false;
    }

    private static EventValue ReadValue(ReadOnlySpan<byte> json, scoped ref JsonSkipper skipper, int at)
    {
        int end = skipper.EndOfValue(at);
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
}
