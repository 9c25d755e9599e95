using System.Buffers;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Sentinel;

/// <summary>Writes the columns of one row; one without a value is left out. What is longer than the limit is cut between characters.</summary>
/// <param name="output">Where the row goes.</param>
/// <param name="limit">The most bytes of a value.</param>
internal ref struct RowWriter(IBufferWriter<byte> output, int limit)
{
    private readonly int _limit = limit;
    private JsonWriter _json = new(output);
    private bool _isTruncated;

    public void Begin(scoped ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        _json.BeginObject();
        _json.Name(name);
        _json.Time(time);
    }

    /// <summary>Writes a column of type string, whatever the event has there.</summary>
    public void Text(scoped ReadOnlySpan<byte> name, scoped EventValue value)
    {
        if (!value.HasValue)
            return;
        if (value.Kind == EventValueKind.String && value.Raw.Length <= _limit)
        {
            // No longer when it is decoded.
            _json.Name(name);
            _json.Quoted(value.Raw);
            return;
        }

        using var text = new DecodedText(value);
        Text(name, text.Utf8);
    }

    /// <summary>Writes a column of type string.</summary>
    public void Text(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> text)
    {
        _isTruncated |= text.Length > _limit;
        _json.Name(name);
        _json.String(Utf8Text.Cut(text, _limit));
    }

    /// <summary>Writes a column of type dynamic. JSON that is too long cannot be cut and stay JSON; it becomes a text.</summary>
    public void Dynamic(scoped ReadOnlySpan<byte> name, scoped EventValue value)
    {
        if (value.Kind is not (EventValueKind.Object or EventValueKind.Array) || value.Raw.Length > _limit)
        {
            Text(name, value);
            return;
        }

        _json.Name(name);
        _json.Value(value);
    }

    /// <param name="truncated">The column that says that a value was cut; only where one was.</param>
    public void End(scoped ReadOnlySpan<byte> truncated)
    {
        if (_isTruncated)
        {
            _json.Name(truncated);
            _json.Boolean(true);
        }

        _json.EndObject();
        _json.Flush();
    }
}
