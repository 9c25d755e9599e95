using Spectre.Console;

namespace AuditHost.Commands;

/// <summary>
/// Shows on standard error how far long work has come: a bar per part on a terminal, else a plain line now and then. Standard output
/// stays the result's alone.
/// </summary>
/// <param name="terminal">Where the bars go; <see langword="null"/> without a terminal.</param>
/// <param name="lines">Where the plain lines go.</param>
/// <param name="patience">Work that ends before this is not shown at all.</param>
/// <param name="lineInterval">The time between two plain lines.</param>
internal sealed class LongWork(IAnsiConsole? terminal, TextWriter lines, TimeSpan patience, TimeSpan lineInterval)
{
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(250);

    public static LongWork OnStandardError() => new(
        Console.IsErrorRedirected ? null : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }),
        Console.Error,
        patience: TimeSpan.FromMilliseconds(500),
        lineInterval: TimeSpan.FromSeconds(5));

    /// <summary>Waits for the work and shows where it is.</summary>
    /// <param name="work">The work.</param>
    /// <param name="look">Says how far it is; what it throws is taken for "not known now".</param>
    /// <returns>The work's result.</returns>
    public async Task<T> ShowAsync<T>(Task<T> work, Func<Task<IReadOnlyList<WorkProgress>>> look)
    {
        if (await EndsWithinAsync(work, patience))
            return await work;
        if (terminal is null)
            await WriteLinesAsync(work, look);
        else
            await terminal.Progress().AutoClear(true)
                .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
                .StartAsync(context => DrawAsync(context, work, look));
        return await work;
    }

    private async Task WriteLinesAsync(Task work, Func<Task<IReadOnlyList<WorkProgress>>> look)
    {
        while (!await EndsWithinAsync(work, lineInterval))
        {
            if (await LookAsync(look) is { Count: > 0 } parts)
                await lines.WriteLineAsync(string.Join("; ", parts));
        }
    }

    private static async Task DrawAsync(ProgressContext context, Task work, Func<Task<IReadOnlyList<WorkProgress>>> look)
    {
        Dictionary<string, ProgressTask> bars = [];
        do
        {
            foreach (WorkProgress part in await LookAsync(look))
            {
                string description = Markup.Escape(part.ToString());
                if (!bars.TryGetValue(part.Name, out ProgressTask? bar))
                    bars[part.Name] = bar = context.AddTask(description);
                bar.Description = description;
                bar.MaxValue = Math.Max(1, part.Total);
                bar.Value = part.Total == 0 ? bar.MaxValue : part.Done;
            }
        }
        while (!await EndsWithinAsync(work, BarInterval));
    }

    private static async Task<IReadOnlyList<WorkProgress>> LookAsync(Func<Task<IReadOnlyList<WorkProgress>>> look)
    {
        try
        {
            return await look();
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // A host that does not tell now may tell later; what becomes of the work itself is the work's to say.
            return [];
        }
    }

    private static async Task<bool> EndsWithinAsync(Task work, TimeSpan time) =>
        await Task.WhenAny(work, Task.Delay(time)) == work;
}
