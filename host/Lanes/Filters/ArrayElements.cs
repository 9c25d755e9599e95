using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

/// <summary>The elements of an array value, one after the other and without allocation.</summary>
internal ref struct ArrayElements(EventValue array)
{
    private readonly ReadOnlySpan<byte> _json = array.Raw;
    private Utf8JsonReader _reader = new(array.Raw);
    private bool _entered;

    public EventValue Current { get; private set; }

    public readonly ArrayElements GetEnumerator() => this;

    public bool MoveNext()
    {
        if (!_entered)
            _entered = _reader.Read();
        if (!_reader.Read() || _reader.TokenType == JsonTokenType.EndArray)
            return false;
        int start = (int)_reader.TokenStartIndex;
        switch (_reader.TokenType)
        {
            case JsonTokenType.String:
                Current = new EventValue(EventValueKind.String, _json.Slice(start + 1, _reader.ValueSpan.Length));
                return true;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                EventValueKind kind = _reader.TokenType == JsonTokenType.StartObject ? EventValueKind.Object : EventValueKind.Array;
                _reader.Skip();
                Current = new EventValue(kind, _json[start..(int)_reader.BytesConsumed]);
                return true;
            default:
                EventValueKind scalar = _reader.TokenType switch
                {
                    JsonTokenType.Number => EventValueKind.Number,
                    JsonTokenType.Null => EventValueKind.Null,
                    _ => EventValueKind.Boolean,
                };
                Current = new EventValue(scalar, _json[start..(int)_reader.BytesConsumed]);
                return true;
        }
    }
}
