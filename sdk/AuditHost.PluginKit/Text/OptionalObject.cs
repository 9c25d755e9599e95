using AuditHost.Sdk;

namespace AuditHost.PluginKit.Text;

/// <summary>A JSON object that begins with the first member that has a value, so that none stands in a document empty.</summary>
/// <param name="name">The object's name, of characters that need no escape.</param>
public ref struct OptionalObject(ReadOnlySpan<byte> name)
{
    private readonly ReadOnlySpan<byte> _name = name;
    private bool _begun;

    /// <summary>Begins the object, unless it has begun, for members that the caller writes himself.</summary>
    public void Begin(ref JsonWriter json)
    {
        if (_begun)
            return;
        json.Name(_name);
        json.BeginObject();
        _begun = true;
    }

    /// <summary>Writes a member by <see cref="JsonWriter.TextMember"/>, if it has a value.</summary>
    public void Text(ReadOnlySpan<byte> name, EventValue value, ref JsonWriter json)
    {
        if (!JsonWriter.IsText(value))
            return;
        Begin(ref json);
        json.TextMember(name, value);
    }

    /// <summary>Writes a member by <see cref="JsonWriter.IntegerMember"/>, if it has a value.</summary>
    public void Integer(ReadOnlySpan<byte> name, EventValue value, ref JsonWriter json)
    {
        if (value.Kind != EventValueKind.Number || !value.TryGetInt64(out long number))
            return;
        Begin(ref json);
        json.Name(name);
        json.Number(number);
    }

    /// <summary>Writes an object as it was received, if there is one.</summary>
    public void Object(ReadOnlySpan<byte> name, EventValue value, ref JsonWriter json)
    {
        if (value.Kind != EventValueKind.Object)
            return;
        Begin(ref json);
        json.Member(name, value);
    }

    /// <summary>Ends the object, if it has begun.</summary>
    public readonly void End(ref JsonWriter json)
    {
        if (_begun)
            json.EndObject();
    }
}
