using Scriban.Parsing;

namespace AuditHost.Formatting;

/// <summary>Shows a place of a template to its author.</summary>
internal static class SourcePlace
{
    private const int Width = 100;

    /// <summary><c>name:line:column</c>, counted from 1.</summary>
    public static string Of(string name, SourceSpan span) => $"{name}:{span.Start.Line + 1}:{span.Start.Column + 1}";

    /// <summary>The line and, below it, a caret under the column. A long line is shown around the column.</summary>
    public static string Excerpt(string source, TextPosition place)
    {
        string line = source.Split('\n').ElementAtOrDefault(place.Line)?.TrimEnd('\r').Replace('\t', ' ') ?? string.Empty;
        int column = Math.Clamp(place.Column, 0, line.Length);
        int start = Math.Max(0, Math.Min(column - (Width / 2), line.Length - Width));
        string shown = line.Substring(start, Math.Min(Width, line.Length - start));
        return $"\n  {shown}\n  {new string(' ', column - start)}^";
    }
}
