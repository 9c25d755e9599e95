using AuditHost.Formatting.Library;

namespace AuditHost.Tests.Formatting.Library;

public sealed class LineDiffTests
{
    [Fact]
    public void Same_texts_have_no_difference() => Assert.Null(LineDiff.Of("a\nb\n", "a\nb\n"));

    [Fact]
    public void Lines_far_from_a_difference_are_left_out()
    {
        string[] lines = [.. Enumerable.Range(1, 20).Select(number => $"line {number}")];
        string[] changed = [.. lines];
        changed[4] = "other 5";
        changed[14] = "other 15";

        TextDifference difference = LineDiff.Of(string.Join('\n', lines) + "\n", string.Join('\n', changed) + "\n")!;

        Assert.Equal((5, 1), (difference.Line, difference.Column));
        Assert.Equal(
            [
                "…", "  line 3", "  line 4", "- line 5", "+ other 5", "  line 6", "  line 7",
                "…", "  line 13", "  line 14", "- line 15", "+ other 15", "  line 16", "  line 17",
            ],
            difference.Lines);
    }

    [Fact]
    public void Line_that_is_missing_or_added_does_not_shift_the_rest()
    {
        Assert.Equal(["  a", "- b", "  c", "  d"], LineDiff.Of("a\nb\nc\nd\n", "a\nc\nd\n")!.Lines);
        Assert.Equal(["  a", "+ b", "  c", "  d"], LineDiff.Of("a\nc\nd\n", "a\nb\nc\nd\n")!.Lines);
    }

    [Fact]
    public void Long_line_is_shown_around_the_first_character_that_differs()
    {
        TextDifference difference = LineDiff.Of(new string('a', 5000) + "left" + new string('b', 5000), new string('a', 5000) + "right" + new string('b', 5000))!;

        Assert.Equal((1, 5001), (difference.Line, difference.Column));
        Assert.Equal(2, difference.Lines.Count);
        Assert.All(difference.Lines, line => Assert.InRange(line.Length, 100, 170));
        Assert.Contains("aleftb", difference.Lines[0], StringComparison.Ordinal);
        Assert.Contains("arightb", difference.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_do_not_reach_the_terminal() => Assert.Equal(["- a·[31mb (no line break at the end)", "+ x"], LineDiff.Of("a\u001b[31mb", "x\n")!.Lines);

    [Fact]
    public void Huge_texts_are_compared_too()
    {
        string left = string.Concat(Enumerable.Range(0, 100_000).Select(number => $"l{number}\n"));
        string right = string.Concat(Enumerable.Range(0, 100_000).Select(number => $"r{number}\n"));

        Assert.Equal(200_000, LineDiff.Of(left, right)!.Lines.Count);
    }
}
