using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace AuditHost.Template;

/// <summary>The author's guide, followed word for word: its commands in order, its files as they stand there, its output compared.</summary>
public sealed partial class GuideTests(Workshop workshop)
{
    private const int MaxOwnLines = 120;
    private const string PackCommand = "sdk/pack ~/packages";
    private const string Port = "8088";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _home = workshop.MakeHome(Guid.NewGuid().ToString("N"));
    private readonly string _port = FreePort();
    private readonly StringBuilder _beside = new();

    [Fact]
    public async Task Guide_leads_from_nothing_to_a_delivered_event()
    {
        var open = new List<Process>();
        string folder = Repository.Root;
        try
        {
            foreach (GuideBlock block in GuideBlock.All)
            {
                if (block.File is { } file)
                    await WriteAsync(file, block.Text);
                else if (block.Info == "console run")
                    folder = await RunAsync(block, folder);
                else if (block.Info == "console run beside")
                    open.Add(await StartAsync(block, folder));
                else if (block.Info == "console beside")
                    await AssertPrintedBesideAsync(block.Text.TrimEnd('\n').Split('\n'));
            }
        }
        finally
        {
            open.ForEach(process => process.Kill(entireProcessTree: true));
        }

        foreach (GuideBlock block in GuideBlock.All.Where(block => block.Sample?.StartsWith("Acme.Hook/", StringComparison.Ordinal) == true))
            await AssertSampleAsync(Path.Combine(_home, block.Sample!), block);
    }

    [Fact]
    public async Task Formatter_in_the_guide_is_the_templates()
    {
        GuideBlock block = Assert.Single(GuideBlock.All, block => block.Sample?.StartsWith("Acme.Line/", StringComparison.Ordinal) == true);
        string folder = await workshop.NewAsync("audithost-formatter", "Acme.Line");

        await AssertSampleAsync(Path.Combine(Path.GetDirectoryName(folder)!, block.Sample!), block);
    }

    [Fact]
    public void Guide_has_no_code_that_is_not_run()
    {
        Assert.All(GuideBlock.All.Where(block => block.IsCode), block => Assert.True(block.File is not null || block.Sample is not null, block.Text));
        Assert.Contains(GuideBlock.All, block => block.Info == "console run");
    }

    [Fact]
    public void Connector_takes_few_lines_of_ones_own()
    {
        IEnumerable<string> sources = Directory.EnumerateFiles(Path.Combine(Repository.TemplateContent("audithost-connector"), "http"), "*.cs");

        Assert.InRange(sources.Sum(file => File.ReadLines(file).Count()), 1, MaxOwnLines);
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    private static async Task AssertSampleAsync(string path, GuideBlock block) =>
        Assert.Equal((await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"), block.Text);

    private async Task WriteAsync(string file, string text)
    {
        string path = Path.Combine(_home, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, Ported(text), TestContext.Current.CancellationToken);
    }

    /// <summary>Runs the block's commands and returns the folder that they leave the terminal in.</summary>
    private async Task<string> RunAsync(GuideBlock block, string folder)
    {
        foreach ((string command, string[] shown) in block.Commands)
        {
            // The workshop has packed already, by the same command.
            if (command == PackCommand)
                continue;
            string left = Path.Combine(_home, "left");
            CommandResult result = (await workshop.RunAsync(folder, $"{Ported(command)} && pwd > {left}", _home)).Expect(0);
            AssertShown(result.Output, shown, command);
            folder = (await File.ReadAllTextAsync(left, TestContext.Current.CancellationToken)).Trim();
        }

        return folder;
    }

    /// <summary>Starts what runs in a second terminal, and waits for the first line that the guide shows.</summary>
    private async Task<Process> StartAsync(GuideBlock block, string folder)
    {
        (string command, string[] shown) = Assert.Single(block.Commands);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Process process = workshop.Start(folder, Ported(command), _home, line =>
        {
            lock (_beside)
                _beside.AppendLine(line);
            if (line == shown[0])
                ready.TrySetResult();
        });
        await Task.WhenAny(ready.Task, process.WaitForExitAsync()).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(ready.Task.IsCompleted, $"'{command}' ended:\n{Beside()}");
        return process;
    }

    /// <summary>Asks again until the last line is there: what another process prints comes when it comes.</summary>
    private async Task AssertPrintedBesideAsync(string[] shown)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!Beside().Contains(shown[^1], StringComparison.Ordinal) && TimeProvider.System.GetElapsedTime(start) < Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(25), TestContext.Current.CancellationToken);
        AssertShown(Beside(), shown, "what runs beside");
    }

    private string Beside()
    {
        lock (_beside)
            return _beside.ToString();
    }

    /// <summary>The lines that the guide shows are among those printed, in their order.</summary>
    private void AssertShown(string output, string[] shown, string command)
    {
        string[] printed = [.. output.Split('\n').Select(Steady)];
        int from = 0;
        foreach (string line in shown.Select(line => Steady(Ported(line))))
        {
            int found = Array.IndexOf(printed, line, from);
            Assert.True(found >= 0, $"'{command}' does not print '{line}' but:\n{output}");
            from = found + 1;
        }
    }

    private string Ported(string text) => text.Replace(Port, _port, StringComparison.Ordinal);

    /// <summary>Without what differs from run to run: the home, durations, column widths.</summary>
    private string Steady(string line) => Spaces().Replace(Duration().Replace(line.Replace(_home, "~", StringComparison.Ordinal), "T"), " ").Trim();

    [GeneratedRegex(@"\b\d+\.\d(?=\s|$)")]
    private static partial Regex Duration();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();
}
