using System.Text;
using System.Text.Encodings.Web;

namespace AuditHost.Formatting.Library;

/// <summary>Writes what is expected of a template anew: into the file beside it, or at its head, where everything else stays as it is.</summary>
internal static class GoldenWriter
{
    /// <exception cref="TemplateException">What would stand at the head could not be read back.</exception>
    public static void Write(TemplateFile file, GoldenCase test, string expected)
    {
        if (test.ExpectedPath is { } path)
        {
            File.WriteAllText(path, expected);
            return;
        }

        string text = WithExpected(file, expected);
        if (TemplateFile.Parse(Encoding.UTF8.GetBytes(text), file.Path).Expected != expected)
        {
            throw new TemplateException(
                $"{file.Path}: what is expected cannot be written at its head; keep it in {file.Stem}.expected and the sample in {file.Stem}.sample.jsonl.");
        }

        File.WriteAllText(file.Path, text);
    }

    /// <summary>The template's text with another expected output at its head.</summary>
    public static string WithExpected(TemplateFile file, string expected)
    {
        List<string> lines = [.. file.Text.Split('\n')];
        int closing = file.Start.Line - 1;
        (int From, int? To) place = file.Head?.LinesOf(FrontMatterKeys.Expected) ?? (closing + 1, null);
        int from = place.From - 1;
        int to = place.To is { } next ? next - 1 : closing;
        // What stands before the next key, a comment on it perhaps, is not of the value.
        while (to > from && IsBlankOrComment(lines[to - 1]))
            to--;
        lines.RemoveRange(from, to - from);
        lines.InsertRange(from, Block(FrontMatterKeys.Expected.Name, expected));
        return string.Join('\n', lines);
    }

    /// <summary>A key of YAML with a text, as a literal block where that can hold it.</summary>
    public static IEnumerable<string> Block(string key, string text)
    {
        string content = text.TrimEnd('\n');
        if (content.Length == 0 || text.Any(character => !CanStandInBlock(character)))
            return [$"{key}: \"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\""];
        string chomping = (text.Length - content.Length) switch { 0 => "-", 1 => string.Empty, _ => "+" };
        string indentation = content[0] is ' ' or '\n' ? "2" : string.Empty;
        IEnumerable<string> lines = text[^1] == '\n' ? text[..^1].Split('\n') : text.Split('\n');
        return [$"{key}: |{indentation}{chomping}", .. lines.Select(line => line.Length == 0 ? string.Empty : $"  {line}")];
    }

    private static bool IsBlankOrComment(string line) => line.Length == 0 || line[0] == '#';

    private static bool CanStandInBlock(char character) =>
        character is '\n' or '\t' || (!char.IsControl(character) && character is not ('\u2028' or '\u2029' or '\uFEFF'));
}
