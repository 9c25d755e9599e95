using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace AuditHost.Commands;

/// <summary>Prints results: a table for people, plain columns where no terminal is behind, JSON on request.</summary>
internal static class Output
{
    /// <summary>
    /// How JSON is written to a console: quotes inside texts and letters of all languages as they are. Control characters stay
    /// escaped, so that no event can play with a terminal. Not for HTML.
    /// </summary>
    public static JsonWriterOptions JsonOptions { get; } = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Json<T>(T value, JsonTypeInfo<T> type) => Console.WriteLine(JsonText(value, type));

    public static string JsonText<T>(T value, JsonTypeInfo<T> type)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonOptions))
            JsonSerializer.Serialize(writer, value, type);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] printable = [.. rows.Select(row => row.Select(Printable).ToArray())];
        if (Console.IsOutputRedirected)
            Plain(headings, printable);
        else
            TerminalTable.Write(AnsiConsole.Console, headings, printable);
    }

    /// <summary>On one line, and without what a terminal would act on: cells come of events and of destinations' answers.</summary>
    private static string Printable(string cell) =>
        cell.Any(char.IsControl) ? string.Concat(cell.Select(character => char.IsControl(character) ? ' ' : character)) : cell;

    private static void Plain(IReadOnlyList<string> headings, IReadOnlyList<string>[] rows)
    {
        int[] widths = [.. headings.Select((heading, column) => rows.Select(row => row[column].Length).Append(heading.Length).Max())];
        foreach (IReadOnlyList<string> row in rows.Prepend(headings))
            Console.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
