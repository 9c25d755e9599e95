using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AuditHost.EndToEnd;

/// <summary>Follows the guide for template authors word for word: it writes each file that the guide shows, and runs each command.</summary>
public sealed partial class TemplateGuideTests : IDisposable
{
    private const string Endpoint = "https://siem.acme.example/in";

    private readonly SiteFolder _site = new();
    private readonly HttpReceiver _receiver = new();
    private readonly ConcurrentQueue<string> _bodies = new();

    [Fact]
    public async Task Every_command_prints_what_the_guide_shows()
    {
        _receiver.Answer = body =>
        {
            _bodies.Enqueue(body);
            return Task.FromResult(200);
        };
        Match[] steps = Step().Matches(Guide()).ToArray();
        foreach (Match step in steps)
        {
            if (step.Groups["file"].Success)
            {
                _site.Write(step.Groups["file"].Value, step.Groups["content"].Value);
                continue;
            }

            foreach (Match command in Command().Matches(step.Groups["console"].Value))
            {
                string printed = await RunAsync(command.Groups["line"].Value);
                Assert.Equal(Steady(command.Groups["output"].Value), Steady(printed));
            }
        }

        Assert.Equal(Fence().Count(Guide()), steps.Length);
        Assert.Equal(3, steps.Count(step => step.Groups["file"].Success));
        string sent = Assert.Single(_bodies);
        Assert.Equal(File.ReadAllText(_site.File("out/acme.jsonl")), sent);
    }

    public void Dispose()
    {
        _receiver.Dispose();
        _site.Dispose();
    }

    private static string Guide()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "host", "Formatting", "README.md"));
        int start = page.IndexOf("## From nothing to a template", StringComparison.Ordinal);
        int end = page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return page[start..end];
    }

    private async Task<string> RunAsync(string line)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"{{ {line}; }} 2>&1"]) { WorkingDirectory = _site.Path, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{Path.GetDirectoryName(Repository.Executable)}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["ACME_URL"] = _receiver.Endpoint;
        start.Environment["ACME_TOKEN"] = "token-of-the-guide";
        start.Environment.Remove("AUDITHOST_CONFIG");
        using Process process = Process.Start(start)!;
        try
        {
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(AuditHostCommand.Patience);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(AuditHostCommand.Patience);
            return output.Replace(_receiver.Endpoint, Endpoint, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
        }
    }

    /// <summary>Without what differs from run to run: durations, column widths, and the number that a path gives its source.</summary>
    private static string Steady(string text) => Spaces().Replace(PathHash().Replace(Duration().Replace(text, "T"), "-HASH"), " ").Trim();

    [GeneratedRegex(@"^<!-- file: (?<file>\S+) -->\n```\w+\n(?<content>.*?)^```$|^```console\n(?<console>\$ .*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Step();

    /// <summary>Where a block begins; each must be a step.</summary>
    [GeneratedRegex(@"^```\w+$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\$ (?<line>.*)\n(?<output>(?:(?!\$ ).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"\b\d+\.\d(?=  |$)", RegexOptions.Multiline)]
    private static partial Regex Duration();

    [GeneratedRegex("-[0-9a-f]{8}$", RegexOptions.Multiline)]
    private static partial Regex PathHash();

    [GeneratedRegex(" {2,}| +$", RegexOptions.Multiline)]
    private static partial Regex Spaces();
}
