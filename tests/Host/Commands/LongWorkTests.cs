using AuditHost.Commands;
using Spectre.Console;

namespace AuditHost.Tests.Commands;

public sealed class LongWorkTests : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly StringWriter _lines = new();
    private readonly TaskCompletionSource<int> _work = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _looks;

    [Fact]
    public async Task Without_a_terminal_there_are_plain_lines()
    {
        int result = await new LongWork(null, _lines, Tick, Tick).ShowAsync(_work.Task, LookAsync).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(7, result);
        Assert.Equal(["a: 1 of 1,000 events; b: 1 of 1 event", "a: 2 of 1,000 events; b: 1 of 1 event"], Lines()[..2]);
    }

    [Fact]
    public async Task On_a_terminal_there_is_a_bar_for_each_part()
    {
        using var screen = new StringWriter();
        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(screen),
        });
        terminal.Profile.Width = 120;

        await new LongWork(terminal, _lines, Tick, Tick).ShowAsync(_work.Task, LookAsync).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Contains("a: 3 of 1,000 events", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("b: 1 of 1 event", screen.ToString(), StringComparison.Ordinal);
        Assert.Empty(_lines.ToString());
    }

    [Fact]
    public async Task Short_work_shows_nothing()
    {
        _work.SetResult(7);

        await new LongWork(null, _lines, Patience, Tick).ShowAsync(_work.Task, LookAsync);

        Assert.Empty(_lines.ToString());
    }

    [Fact]
    public async Task Failing_look_is_passed_over_and_failing_work_is_not()
    {
        var work = new LongWork(null, _lines, Tick, Tick);

        await Assert.ThrowsAsync<InvalidDataException>(() => work.ShowAsync(_work.Task, () =>
        {
            if (++_looks == 3)
                _work.SetException(new InvalidDataException());
            throw new HttpRequestException();
        }).WaitAsync(Patience, TestContext.Current.CancellationToken));

        Assert.Empty(_lines.ToString());
    }

    public void Dispose() => _lines.Dispose();

    private Task<IReadOnlyList<WorkProgress>> LookAsync()
    {
        if (++_looks == 3)
            _work.SetResult(7);
        return Task.FromResult<IReadOnlyList<WorkProgress>>([new("a", _looks, 1000), new("b", 1, 1)]);
    }

    private string[] Lines() => _lines.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
