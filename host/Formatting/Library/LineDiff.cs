namespace AuditHost.Formatting.Library;

/// <summary>Shows an author where a rendering is another than expected, line by line.</summary>
internal static class LineDiff
{
    /// <summary>Lines that are shown before and after a difference.</summary>
    private const int Context = 2;

    /// <summary>More lines are not compared one by one: the work grows with the product of both.</summary>
    private const int MostLines = 2000;

    /// <summary>A long line is shown around the first character that differs.</summary>
    private const int Width = 160;

    private const string NoEnd = "(no line break at the end)";

    /// <returns><see langword="null"/> where the texts are the same.</returns>
    public static TextDifference? Of(string expected, string actual)
    {
        if (expected == actual)
            return null;
        string[] left = Split(expected);
        string[] right = Split(actual);
        int same = 0;
        while (same < left.Length && same < right.Length && left[same] == right[same])
            same++;
        string leftLine = same < left.Length ? left[same] : string.Empty;
        string rightLine = same < right.Length ? right[same] : string.Empty;
        int column = leftLine.AsSpan().CommonPrefixLength(rightLine);
        return new TextDifference(same + 1, column + 1, [.. Shown(Script(left, right, same), column)]);
    }

    private static string[] Split(string text)
    {
        string[] lines = text.Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : [.. lines[..^1], $"{lines[^1]} {NoEnd}"];
    }

    /// <summary>Every line of both texts, marked: what both have once.</summary>
    private static List<(char Mark, string Line)> Script(string[] left, string[] right, int same)
    {
        int end = 0;
        while (end < left.Length - same && end < right.Length - same && left[^(end + 1)] == right[^(end + 1)])
            end++;
        List<(char, string)> script = [.. left[..same].Select(line => (' ', line))];
        script.AddRange(Middle(left[same..^end], right[same..^end]));
        script.AddRange(left[^end..].Select(line => (' ', line)));
        return script;
    }

    /// <summary>The shortest way from one to the other, by the longest common subsequence.</summary>
    private static List<(char Mark, string Line)> Middle(string[] left, string[] right)
    {
        if (left.Length > MostLines || right.Length > MostLines)
            return [.. left.Select(line => ('-', line)), .. right.Select(line => ('+', line))];
        int[,] common = new int[left.Length + 1, right.Length + 1];
        for (int i = left.Length - 1; i >= 0; i--)
        {
            for (int j = right.Length - 1; j >= 0; j--)
                common[i, j] = left[i] == right[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        List<(char, string)> script = [];
        int l = 0;
        int r = 0;
        while (l < left.Length || r < right.Length)
        {
            bool isSame = l < left.Length && r < right.Length && left[l] == right[r];
            bool isMissing = r == right.Length || (l < left.Length && common[l + 1, r] >= common[l, r + 1]);
            script.Add(isSame ? (' ', left[l]) : isMissing ? ('-', left[l]) : ('+', right[r]));
            if (isSame || isMissing)
                l++;
            if (isSame || !isMissing)
                r++;
        }

        return script;
    }

    private static IEnumerable<string> Shown(List<(char Mark, string Line)> script, int column)
    {
        bool gap = false;
        for (int index = 0; index < script.Count; index++)
        {
            int from = Math.Max(0, index - Context);
            bool near = script.GetRange(from, Math.Min(script.Count, index + Context + 1) - from).Exists(line => line.Mark != ' ');
            if (!near)
            {
                gap = true;
                continue;
            }

            if (gap)
                yield return "…";
            gap = false;
            yield return $"{script[index].Mark} {Excerpt(script[index].Line, column)}";
        }
    }

    private static string Excerpt(string line, int column)
    {
        string clean = string.Create(line.Length, line, static (span, source) =>
        {
            for (int index = 0; index < span.Length; index++)
                span[index] = char.IsControl(source[index]) ? '·' : source[index];
        });
        if (clean.Length <= Width)
            return clean;
        int start = Math.Clamp(column - (Width / 2), 0, clean.Length - Width);
        return $"{(start > 0 ? "…" : string.Empty)}{clean.AsSpan(start, Width)}{(start + Width < clean.Length ? "…" : string.Empty)}";
    }
}
