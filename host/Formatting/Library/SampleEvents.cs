using System.Globalization;
using System.Text;
using AuditHost.Intake;

namespace AuditHost.Formatting.Library;

/// <summary>
/// The events of a template's test. What a journal would give them is fixed, so that the test repeats: they count from 1, and all were
/// received at the same moment.
/// </summary>
internal static class SampleEvents
{
    /// <summary>What stands for the journal's id in the key of an event: <c>sample-1</c>.</summary>
    public const string LogId = "sample";

    public static DateTime ReceivedAt { get; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Reads events: one per line, pretty-printed, back to back or in an array.</summary>
    /// <exception cref="TemplateException">Something in the text is no event, or there is none.</exception>
    public static IReadOnlyList<ParsedEvent> Parse(string text, string place)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var splitter = default(JsonSplitter);
        List<ParsedEvent> events = [];
        for (int position = 0; position < bytes.Length;)
        {
            SplitResult result = splitter.Next(bytes.AsSpan(position), out int used);
            position += used;
            if (result == SplitResult.Object)
                events.Add(ParseOne(bytes[(position - (int)splitter.Length)..position], (ulong)events.Count + 1, place));
            else if (result != SplitResult.NeedMore || !splitter.IsBetween)
                throw new TemplateException($"{place}: event {events.Count + 1} of the sample is no JSON object, or does not end.");
        }

        return events.Count > 0 ? events : throw new TemplateException($"{place}: the sample has no event.");
    }

    private static ParsedEvent ParseOne(byte[] json, ulong sequence, string place)
    {
        if (!EventParser.TryParse(json, out EventIndex index, out EventError? error))
            throw new TemplateException($"{place}: event {sequence} of the sample cannot be taken: {error!.Reason}");
        var parsed = new ParsedEvent();
        bool hasId = index[EventField.Id].Kind != Sdk.EventValueKind.Missing;
        parsed.Set(json, index, sequence, ReceivedAt.Ticks, hasId ? null : IdOf(sequence));
        return parsed;
    }

    private static Guid IdOf(ulong sequence) => Guid.ParseExact(string.Create(CultureInfo.InvariantCulture, $"00000000000070008000{sequence:x12}"), "N");
}
