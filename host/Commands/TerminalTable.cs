using Spectre.Console;

namespace AuditHost.Commands;

/// <summary>
/// A table for a terminal. Only columns of long text break their lines, columns without content are left out, and where the terminal
/// is too narrow even so, each row becomes a block of its own: a number broken in two is worse than no table.
/// </summary>
internal static class TerminalTable
{
    private const int Gap = 2;
    private const int LongText = 24;
    private const int LeastLongText = 12;

    public static void Write(IAnsiConsole console, IReadOnlyList<string> headings, IReadOnlyList<string>[] rows)
    {
        int[] columns = [.. Enumerable.Range(0, headings.Count).Where(column => rows.Length == 0 || Array.Exists(rows, row => row[column].Length > 0))];
        int[] widths = [.. columns.Select(column => rows.Select(row => row[column].Length).Append(headings[column].Length).Max())];
        int least = widths.Sum(width => Gap + (width > LongText ? LeastLongText : width));
        if (least > console.Profile.Width)
            WriteBlocks(console, [.. columns.Select(column => headings[column])], rows.Select(row => columns.Select(column => row[column])));
        else
            WriteTable(console, [.. columns.Zip(widths)], headings, rows);
    }

    private static void WriteTable(IAnsiConsole console, (int Column, int Width)[] columns, IReadOnlyList<string> headings, IReadOnlyList<string>[] rows)
    {
        Table table = new Table().Border(TableBorder.None);
        foreach ((int column, int width) in columns)
            table.AddColumn(new TableColumn(new Text(headings[column])) { NoWrap = width <= LongText, Padding = new Padding(0, 0, Gap, 0) });
        foreach (IReadOnlyList<string> row in rows)
            table.AddRow(columns.Select(column => new Text(row[column.Column])));
        console.Write(table);
    }

    private static void WriteBlocks(IAnsiConsole console, string[] headings, IEnumerable<IEnumerable<string>> rows)
    {
        foreach (IEnumerable<string> row in rows)
        {
            Grid grid = new Grid().AddColumn(new GridColumn { NoWrap = true }).AddColumn();
            foreach ((string heading, string cell) in headings.Zip(row).Where(pair => pair.Second.Length > 0))
                grid.AddRow(new Text(heading), new Text(cell));
            console.Write(grid);
            console.WriteLine();
        }
    }
}
