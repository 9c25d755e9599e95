using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Text;

/// <summary>
/// Goes through the members of a JSON object one by one, to copy some of them and change others. Allocates nothing. A member that is no
/// JSON throws a <see cref="JsonException"/>, and so does whatever follows the object.
/// </summary>
public ref struct JsonMembers
{
    // Far deeper than any message is meant to be; what the host passes on may be so deep.
    private const int MaxDepth = 1000;

    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;

    /// <summary>Begins at the first member.</summary>
    /// <param name="json">The whole object.</param>
    /// <exception cref="JsonException">It is no object.</exception>
    public JsonMembers(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Not an object.");
    }

    /// <summary>The member's name as it stands, without quotes, escapes untouched.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The member's value as it stands.</summary>
    public ReadOnlySpan<byte> Json { get; private set; }

    /// <summary>The same, with its kind, as an event's value.</summary>
    public readonly EventValue Value => Json[0] switch
    {
        (byte)'"' => new(EventValueKind.String, Json[1..^1]),
        (byte)'{' => new(EventValueKind.Object, Json),
        (byte)'[' => new(EventValueKind.Array, Json),
        (byte)'t' or (byte)'f' => new(EventValueKind.Boolean, Json),
        (byte)'n' => new(EventValueKind.Null, Json),
        _ => new(EventValueKind.Number, Json),
    };

    /// <summary>Whether the member has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => new EventValue(EventValueKind.String, Name).Equals(name);

    /// <summary>Goes to the next member.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.EndObject)
        {
            _reader.Read();
            return false;
        }

        Name = _reader.ValueSpan;
        _reader.Read();
        int start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        Json = _json[start..(int)_reader.BytesConsumed];
        return true;
    }
}
