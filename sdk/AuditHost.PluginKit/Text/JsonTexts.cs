using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Text;

/// <summary>Goes through the texts of a JSON array; whatever else stands there is passed over. Allocates nothing.</summary>
public ref struct JsonTexts
{
    private const int MaxDepth = 1000;

    private Utf8JsonReader _reader;

    /// <summary>Begins at the first element.</summary>
    /// <param name="array">Checked JSON, brackets included; empty for an array without elements.</param>
    public JsonTexts(ReadOnlySpan<byte> array)
    {
        _reader = new Utf8JsonReader(array.IsEmpty ? "[]"u8 : array, new JsonReaderOptions { MaxDepth = MaxDepth });
        _reader.Read();
    }

    /// <summary>The text, as an event's value.</summary>
    public readonly EventValue Value => new(EventValueKind.String, _reader.ValueSpan);

    /// <summary>Goes to the next text.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType == JsonTokenType.String)
                return true;
            _reader.Skip();
        }

        return false;
    }
}
