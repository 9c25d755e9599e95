using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ecs;

/// <summary>An object of a document that begins with the first member that has a value, so that none stands there empty.</summary>
internal ref struct EcsObject(ReadOnlySpan<byte> name)
{
    private readonly ReadOnlySpan<byte> _name = name;
    private bool _begun;

    public void Text(ReadOnlySpan<byte> name, EventValue value, ref JsonWriter json)
    {
        if (value.Kind is not (EventValueKind.String or EventValueKind.Number or EventValueKind.Boolean) || value.Raw.IsEmpty)
            return;
        Begin(ref json);
        json.TextMember(name, value);
    }

    public void Integer(ReadOnlySpan<byte> name, EventValue value, ref JsonWriter json)
    {
        if (value.Kind != EventValueKind.Number || !value.TryGetInt64(out long number))
            return;
        Begin(ref json);
        json.Name(name);
        json.Number(number);
    }

    /// <summary>Ends the object, if it has begun.</summary>
    public readonly void End(ref JsonWriter json)
    {
        if (_begun)
            json.EndObject();
    }

    private void Begin(ref JsonWriter json)
    {
        if (_begun)
            return;
        json.Name(_name);
        json.BeginObject();
        _begun = true;
    }
}
