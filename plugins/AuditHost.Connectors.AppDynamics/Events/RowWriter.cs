using System.Buffers;
using System.Globalization;
using System.Text.Json;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>
/// Writes one row. The Events Service refuses a request for one value of another type than its column has, so a value that does not fit is
/// left out, and one that is missing or empty too.
/// </summary>
/// <param name="output">Where the row goes.</param>
/// <param name="limit">The most bytes of a text.</param>
internal ref struct RowWriter(IBufferWriter<byte> output, int limit)
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private const int LongestDate = 64;

    private readonly int _limit = limit;
    private JsonWriter _json = new(output);
    private bool _isTruncated;

    public void Begin() => _json.BeginObject();

    public void Integer(scoped ReadOnlySpan<byte> name, int number)
    {
        _json.Name(name);
        _json.Number(number);
    }

    /// <summary>Writes a time to the millisecond; nothing promises that the Events Service reads a finer one.</summary>
    public void Date(scoped ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[TimeFormat.Length];
        time.UtcDateTime.TryFormat(text, out int written, TimeFormat, CultureInfo.InvariantCulture);
        _json.Name(name);
        _json.Quoted(text[..written]);
    }

    /// <summary>Writes a text, cut where it is too long.</summary>
    public void Text(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return;
        _isTruncated |= text.Length > _limit;
        _json.Name(name);
        _json.String(Utf8Text.Cut(text, _limit));
    }

    /// <summary>Writes an event's value in the type of its column.</summary>
    public void Field(EventColumn column, scoped EventValue value)
    {
        switch (column.Type)
        {
            case ColumnType.Integer:
                _json.IntegerMember(column.Utf8Name, value);
                break;
            case ColumnType.Float when value.Kind == EventValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number):
                _json.Member(column.Utf8Name, value);
                break;
            case ColumnType.Boolean when value.Kind == EventValueKind.Boolean:
                _json.Member(column.Utf8Name, value);
                break;
            case ColumnType.Date when TryGetTime(value, out DateTimeOffset time):
                Date(column.Utf8Name, time);
                break;
            case ColumnType.String:
                Text(column.Utf8Name, value);
                break;
        }
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

    /// <summary>Writes any value as text: objects and arrays as their JSON.</summary>
    private void Text(scoped ReadOnlySpan<byte> name, scoped EventValue value)
    {
        if (!value.HasValue)
            return;
        using var text = new DecodedText(value);
        Text(name, text.Utf8);
    }

    /// <summary>Reads a time of ISO 8601; one that says no zone is taken for UTC.</summary>
    private static bool TryGetTime(scoped EventValue value, out DateTimeOffset time)
    {
        time = default;
        if (value.Kind != EventValueKind.String || value.Raw.IsEmpty || value.Raw.Length > LongestDate - 2)
            return false;
        Span<byte> json = stackalloc byte[LongestDate];
        json[0] = (byte)'"';
        value.Raw.CopyTo(json[1..]);
        json[value.Raw.Length + 1] = (byte)'"';
        var reader = new Utf8JsonReader(json[..(value.Raw.Length + 2)]);
        if (!reader.Read() || !reader.TryGetDateTime(out DateTime read))
            return false;
        time = read.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(read, TimeSpan.Zero) : new DateTimeOffset(read);
        return true;
    }
}
