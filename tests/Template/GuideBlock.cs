using System.Text.RegularExpressions;

namespace AuditHost.Template;

/// <summary>A fenced block of the author's guide.</summary>
/// <param name="Mark">What the comment before it says: <c>file: PATH</c>, <c>sample: PATH</c>, or nothing.</param>
/// <param name="Info">What stands behind the fence, for instance <c>console run</c>.</param>
/// <param name="Text">What is inside.</param>
internal sealed partial record GuideBlock(string Mark, string Info, string Text)
{
    public static IReadOnlyList<GuideBlock> All { get; } = [.. Pattern()
        .Matches(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sdk-README.md")).ReplaceLineEndings("\n"))
        .Select(match => new GuideBlock(match.Groups["mark"].Value, match.Groups["info"].Value, match.Groups["text"].Value))];

    /// <summary>The file that the block is to be written to; <see langword="null"/> for other blocks.</summary>
    public string? File => Mark.StartsWith("file: ", StringComparison.Ordinal) ? Mark[6..] : null;

    /// <summary>The generated file that the block shows; <see langword="null"/> for other blocks.</summary>
    public string? Sample => Mark.StartsWith("sample: ", StringComparison.Ordinal) ? Mark[8..] : null;

    public bool IsCode => Info is "csharp" or "cs" or "c#" or "xml";

    /// <summary>The commands of a console block, each with the lines that the guide shows for it.</summary>
    public IEnumerable<(string Command, string[] Shown)> Commands => Text.Split("$ ", StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.TrimEnd('\n').Split('\n'))
        .Select(lines => (lines[0], lines[1..]));

    [GeneratedRegex(@"(?:<!-- (?<mark>[^\n]*) -->\n)?^```(?<info>[^\n]+)\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Pattern();
}
