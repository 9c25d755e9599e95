using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Commands;

/// <summary>Prints what <c>search</c> found.</summary>
internal static class SearchOutput
{
    public static void Print(SearchPage page, string destination, bool json)
    {
        if (json)
        {
            Console.WriteLine(Json(page));
            return;
        }

        if (page.Events.Count > 0)
            Output.Table([.. page.Columns.Select(column => column.Key)], page.Events.Select(document => Row(document, page.Columns)));
        string total = Counted.Of(page.TotalHits, "event");
        Console.Error.WriteLine(FormattableString.Invariant(
            $"{page.Events.Count:N0} of {(page.AtLeast ? "at least " : string.Empty)}{total} in {destination}, {page.Took.TotalMilliseconds:N0} ms."));
        if (page.TimedOut)
            Console.Error.WriteLine("audithost: the destination gave up before it had looked everywhere; events may be missing. Narrow the time.");
        if (page.Next is { } next)
            Console.Error.WriteLine($"More with --after {next}");
    }

    internal static string Json(SearchPage page)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Output.JsonOptions))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("events");
            foreach (ReadOnlyMemory<byte> json in page.Events)
            {
                // Written anew, so that no event can play with a terminal.
                using JsonDocument document = JsonDocument.Parse(WholeCharacters.Of(json));
                document.RootElement.WriteTo(writer);
            }

            writer.WriteEndArray();
            writer.WriteNumber("total_hits", page.TotalHits);
            if (page.AtLeast)
                writer.WriteBoolean("total_hits_at_least", true);
            writer.WriteNumber("took_ms", (long)page.Took.TotalMilliseconds);
            writer.WriteBoolean("timed_out", page.TimedOut);
            if (page.Next is { } next)
                writer.WriteString("next", next);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    internal static string[] Row(ReadOnlyMemory<byte> json, IReadOnlyList<KeyValuePair<string, string>> columns)
    {
        using JsonDocument document = JsonDocument.Parse(WholeCharacters.Of(json));
        return [.. columns.Select(column => Cell(document.RootElement, column.Value))];
    }

    private static string Cell(JsonElement value, string path)
    {
        foreach (string name in path.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                return string.Empty;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Null => string.Empty,
            _ => value.GetRawText(),
        };
    }
}
