using System.Globalization;
using System.Text.Json;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Alerts;

/// <summary>
/// The alerts that a message sums up, which the host names with the most severe first: <c>Critical: SecurityEvent payroll, 3 events; High: …</c>
/// </summary>
public static class AlertGroups
{
    /// <summary>Room for any line.</summary>
    public const int MaxBytes = MostGroups * ((4 * LabelCharacters) + (4 * SeverityCharacters) + 40);

    /// <summary>So many say what it is about; how many there are is in <c>alert.group</c>.</summary>
    private const int MostGroups = 10;
    private const int LabelCharacters = 100;
    private const int SeverityCharacters = 10;
    private const int MaxDepth = 1000;

    /// <summary>Writes them in one line, without allocation.</summary>
    /// <param name="groups"><c>alert.groups</c>.</param>
    /// <param name="target">Has room for <see cref="MaxBytes"/>.</param>
    /// <returns>How much was written; nothing for a message about one alert.</returns>
    public static int Write(EventValue groups, Span<byte> target)
    {
        int written = 0;
        int left = MostGroups;
        Utf8JsonReader reader = ReaderOf(groups);
        while (left > 0 && MoveNext(ref reader, groups, out ReadOnlySpan<byte> json))
        {
            var group = new Group(json);
            if (!group.Label.HasValue)
                continue;
            left--;
            if (written > 0)
                Append("; "u8, target, ref written);
            Append(group.Severity, SeverityCharacters, target, ref written);
            if (group.Severity.HasValue)
                Append(": "u8, target, ref written);
            Append(group.Label, LabelCharacters, target, ref written);
            if (!group.Count.TryGetInt64(out long count))
                continue;
            Append(", "u8, target, ref written);
            count.TryFormat(target[written..], out int digits, default, CultureInfo.InvariantCulture);
            written += digits;
            Append(count == 1 ? " event"u8 : " events"u8, target, ref written);
        }

        return written;
    }

    /// <summary>What the most severe of them is called; no value for a message about one alert.</summary>
    public static EventValue MostSevere(EventValue groups)
    {
        Utf8JsonReader reader = ReaderOf(groups);
        return MoveNext(ref reader, groups, out ReadOnlySpan<byte> json) ? new Group(json).Label : default;
    }

    private static Utf8JsonReader ReaderOf(EventValue groups)
    {
        var reader = new Utf8JsonReader(groups.Kind == EventValueKind.Array ? groups.Raw : "[]"u8, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        return reader;
    }

    private static bool MoveNext(scoped ref Utf8JsonReader reader, EventValue groups, out ReadOnlySpan<byte> json)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            bool isObject = reader.TokenType == JsonTokenType.StartObject;
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!isObject)
                continue;
            json = groups.Raw[start..(int)reader.BytesConsumed];
            return true;
        }

        json = default;
        return false;
    }

    private static void Append(EventValue value, int limit, Span<byte> target, ref int written)
    {
        using var text = new DecodedText(value);
        Append(Utf8Text.CutCharacters(text.Utf8, limit), target, ref written);
    }

    private static void Append(scoped ReadOnlySpan<byte> text, Span<byte> target, ref int written)
    {
        text.CopyTo(target[written..]);
        written += text.Length;
    }

    private readonly ref struct Group
    {
        public Group(ReadOnlySpan<byte> json)
        {
            var members = new JsonMembers(json);
            while (members.MoveNext())
            {
                bool isText = members.Value.Kind == EventValueKind.String;
                if (isText && members.Is("group"u8))
                    Label = members.Value;
                else if (isText && members.Is("severity"u8))
                    Severity = members.Value;
                else if (members.Is("count"u8))
                    Count = members.Value;
            }
        }

        public EventValue Label { get; }

        public EventValue Count { get; }

        public EventValue Severity { get; }
    }
}
