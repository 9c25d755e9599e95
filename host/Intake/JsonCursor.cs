using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>
/// Reads JSON (RFC 8259) from one place to the next and checks all that it passes. It only says that something is wrong, not what: nearly all events
/// are good, and that one question is answered for less than a reader that could explain itself asks. What it takes is what
/// <see cref="System.Text.Json.Utf8JsonReader"/> takes, to the last byte; whether text is UTF-8 is not looked at.
/// </summary>
/// <param name="json">The text.</param>
/// <param name="maxDepth">How deep objects and arrays may lie in each other, 64 at most.</param>
internal ref struct JsonCursor(ReadOnlySpan<byte> json, int maxDepth)
{
    /// <summary>A backslash, <c>u</c> and four digits.</summary>
    private const int UnicodeEscapeLength = 6;

    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;
    private int _depth;

    /// <summary>A bit for each of the bytes from <see cref="_lookedFrom"/> on that a string cannot just go on with.</summary>
    private ulong _stops;

    private int _lookedFrom = -Vector512<byte>.Count;

    /// <summary>Whether something was wrong. From then on nothing it says counts.</summary>
    public bool Failed { get; private set; }

    /// <summary>The next byte's place.</summary>
    public readonly int Position => _at;

    /// <summary>Whether an object comes next.</summary>
    public readonly bool IsAtObject => At(_at) == '{';

    /// <summary>Moves over white space.</summary>
    public void SkipSpace() => _at = AfterSpace(_at);

    /// <summary>Moves into the object that comes next; <see cref="NextMember"/> follows until there is none.</summary>
    public void EnterObject()
    {
        if (At(_at) != '{' || ++_depth > maxDepth)
            Failed = true;
        else
            _at = AfterSpace(_at + 1);
    }

    /// <summary>Moves to the value of an object's next member, or behind the object where there is no more.</summary>
    /// <param name="first">Whether no member was read yet.</param>
    /// <param name="name">The member's name as it stands.</param>
    /// <param name="escaped">Whether there are escapes in it.</param>
    /// <returns>Whether there is a member.</returns>
    public bool NextMember(ref bool first, out ReadOnlySpan<byte> name, out bool escaped)
    {
        name = default;
        escaped = false;
        if (Failed)
            return false;
        int at = AfterSpace(_at);
        if (At(at) == '}')
        {
            _depth--;
            _at = at + 1;
            return false;
        }

        if (!first)
        {
            if (At(at) != ',')
                return Fail();
            at = AfterSpace(at + 1);
        }

        first = false;
        int start = at + 1;
        if (!TryPassName(ref at, out int end, out escaped))
            return Fail();
        name = _json[start..end];
        _at = at;
        return true;
    }

    /// <summary>Moves over the value that comes next.</summary>
    /// <returns>Where it lies.</returns>
    public FieldRange ReadValue()
    {
        int start = _at;
        byte first = At(start);
        EventValueKind kind = KindOf(first);
        switch (kind)
        {
            case EventValueKind.String:
                Failed |= !TryPassString(ref _at, out _);
                return new FieldRange(start + 1, _at - start - 2, kind);
            case EventValueKind.Object or EventValueKind.Array:
                Failed |= !TryPassContainer(ref _at);
                break;
            default:
                Failed |= !TryPassScalar(ref _at);
                break;
        }

        return new FieldRange(start, _at - start, kind);
    }

    /// <summary>Whether nothing but white space is left.</summary>
    public readonly bool IsAtEnd => AfterSpace(_at) == _json.Length;

    private static EventValueKind KindOf(byte first) => first switch
    {
        (byte)'"' => EventValueKind.String,
        (byte)'{' => EventValueKind.Object,
        (byte)'[' => EventValueKind.Array,
        (byte)'t' or (byte)'f' => EventValueKind.Boolean,
        (byte)'n' => EventValueKind.Null,
        _ => EventValueKind.Number,
    };

    /// <summary>The byte at a place; zero, which stands nowhere in good JSON, behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte At(int place) => (uint)place < (uint)_json.Length ? _json[place] : (byte)0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int AfterSpace(int at) => At(at) > ' ' ? at : AfterSpaceSlowly(at);

    private readonly int AfterSpaceSlowly(int at)
    {
        while (At(at) is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
        return at;
    }

    private bool Fail()
    {
        Failed = true;
        return false;
    }

    /// <summary>Over a member's name, the colon and the space around it, to the value.</summary>
    /// <param name="at">The name's first quote, and then the value.</param>
    /// <param name="end">The name's last quote.</param>
    /// <param name="escaped">Whether there are escapes in it.</param>
    /// <returns>Whether it is as it should be.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryPassName(ref int at, out int end, out bool escaped)
    {
        end = 0;
        escaped = false;
        if (At(at) != '"' || !TryPassString(ref at, out escaped))
            return false;
        end = at - 1;
        at = AfterSpace(at);
        if (At(at) != ':')
            return false;
        at = AfterSpace(at + 1);
        return true;
    }

    /// <summary>Over objects and arrays, and all that is in them, without a call for each.</summary>
    /// <param name="at">The first one's bracket, and then the place behind it.</param>
    /// <returns>Whether it is as it should be.</returns>
    private bool TryPassContainer(ref int at)
    {
        // A bit for each that is open, the innermost lowest, set for an object.
        ulong objects = 0;
        int depth = 0;
        int here = at;
        while (true)
        {
            byte first = At(here);
            bool opens = first is (byte)'{' or (byte)'[';
            if (opens)
            {
                if (++depth + _depth > maxDepth)
                    return false;
                objects = (objects << 1) | (first == '{' ? 1UL : 0UL);
                here = AfterSpace(here + 1);
            }
            else
            {
                if (first == '"' ? !TryPassString(ref here, out _) : !TryPassScalar(ref here))
                    return false;
                here = AfterSpace(here);
            }

            bool closes = false;
            while (At(here) == ((objects & 1) != 0 ? '}' : ']'))
            {
                closes = true;
                objects >>= 1;
                here++;
                if (--depth == 0)
                {
                    at = here;
                    return true;
                }

                here = AfterSpace(here);
            }

            // Only what was opened and has something in it begins without a comma.
            if (!opens || closes)
            {
                if (At(here) != ',')
                    return false;
                here = AfterSpace(here + 1);
            }

            if ((objects & 1) != 0 && !TryPassName(ref here, out _, out _))
                return false;
        }
    }

    /// <param name="at">A string's first quote, and then the place behind its last.</param>
    /// <param name="escaped">Whether there are escapes in it.</param>
    /// <returns>Whether it is as it should be.</returns>
    private bool TryPassString(ref int at, out bool escaped)
    {
        escaped = false;
        int here = at + 1;
        while (true)
        {
            int ahead = here - _lookedFrom;
            if ((uint)ahead >= (uint)Vector512<byte>.Count)
            {
                if (here >= _json.Length)
                    return false;
                Look(here);
                ahead = 0;
            }

            ulong stops = _stops >> ahead;
            if (stops == 0)
            {
                here = _lookedFrom + Vector512<byte>.Count;
                continue;
            }

            here += BitOperations.TrailingZeroCount(stops);
            switch (At(here))
            {
                case (byte)'"':
                    at = here + 1;
                    return true;
                case (byte)'\\' when EscapeLength(here) is > 0 and var length:
                    escaped = true;
                    here += length;
                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>Looks for what ends a string, or is none of its plain characters, from a place on.</summary>
    private void Look(int place)
    {
        Vector512<byte> block;
        if (place <= _json.Length - Vector512<byte>.Count)
        {
            block = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(_json), (nuint)place);
        }
        else
        {
            // Zero, which no string has, stands for what is behind the end.
            Span<byte> rest = stackalloc byte[Vector512<byte>.Count];
            rest.Clear();
            _json[place..].CopyTo(rest);
            block = Vector512.Create<byte>(rest);
        }

        _lookedFrom = place;
        _stops = (Vector512.Equals(block, Vector512.Create((byte)'"'))
            | Vector512.Equals(block, Vector512.Create((byte)'\\'))
            | Vector512.LessThan(block, Vector512.Create((byte)' '))).ExtractMostSignificantBits();
    }

    /// <summary>The length of the escape at a place; 0 where there is none.</summary>
    private readonly int EscapeLength(int at)
    {
        switch (At(at + 1))
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return 2;
            case (byte)'u':
                for (int digit = 2; digit < UnicodeEscapeLength; digit++)
                {
                    if (!char.IsAsciiHexDigit((char)At(at + digit)))
                        return 0;
                }

                return UnicodeEscapeLength;
            default:
                return 0;
        }
    }

    private readonly bool TryPassScalar(ref int at)
    {
        ReadOnlySpan<byte> word = At(at) switch
        {
            (byte)'t' => "true"u8,
            (byte)'f' => "false"u8,
            (byte)'n' => "null"u8,
            _ => default,
        };
        if (word.IsEmpty)
            return TryPassNumber(ref at);
        if (!_json[at..].StartsWith(word))
            return false;
        at += word.Length;
        return true;
    }

    private readonly bool TryPassNumber(ref int at)
    {
        int here = at;
        if (At(here) == '-')
            here++;
        int integer = here;
        here = AfterDigits(here);
        if (here == integer || (At(integer) == '0' && here > integer + 1))
            return false;
        if (At(here) == '.')
        {
            int fraction = ++here;
            here = AfterDigits(here);
            if (here == fraction)
                return false;
        }

        if (At(here) is (byte)'e' or (byte)'E')
        {
            here++;
            if (At(here) is (byte)'+' or (byte)'-')
                here++;
            int exponent = here;
            here = AfterDigits(here);
            if (here == exponent)
                return false;
        }

        at = here;
        return true;
    }

    private readonly int AfterDigits(int at)
    {
        while (At(at) is >= (byte)'0' and <= (byte)'9')
            at++;
        return at;
    }
}
