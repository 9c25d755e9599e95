using AuditHost.Commands;
using Spectre.Console;

namespace AuditHost.Tests.Commands;

public sealed class TerminalTableTests
{
    private static readonly string[] Headings = ["destination", "delivered", "to", "last error"];

    [Fact]
    public void Column_without_content_is_left_out()
    {
        string[] lines = Write(80, ["archive", "3,263,565", "out/audit.jsonl", ""]);

        Assert.Equal(["destination  delivered  to", "archive      3,263,565  out/audit.jsonl"], lines);
    }

    [Fact]
    public void Only_long_text_breaks()
    {
        string[] lines = Write(60, ["archive", "3,263,565", "out/audit.jsonl", "the destination answered 503 Service Unavailable"]);

        Assert.StartsWith("archive      3,263,565  out/audit.jsonl  the", lines[1], StringComparison.Ordinal);
        Assert.True(lines.Length > 2);
        Assert.All(lines[2..], line => Assert.StartsWith(new string(' ', 41), line, StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_become_blocks_where_the_terminal_is_too_narrow()
    {
        string[] lines = Write(30, ["archive", "3,263,565", "out/audit.jsonl", ""], ["hook", "0", "http://h", "refused"]);

        Assert.Equal(
            [
                "destination  archive", "delivered    3,263,565", "to           out/audit.jsonl",
                "destination  hook", "delivered    0", "to           http://h", "last error   refused",
            ],
            lines);
    }

    private static string[] Write(int width, params IReadOnlyList<string>[] rows)
    {
        using var screen = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(screen) });
        console.Profile.Width = width;
        TerminalTable.Write(console, Headings, rows);
        return [.. screen.ToString().Split(Environment.NewLine).Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }
}
