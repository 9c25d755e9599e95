using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AuditHost.EndToEnd;

/// <summary>The README's commands print what the README shows. A block is run when its fence says <c>console run</c>.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private const string FromSources = "dotnet run --no-build --project host --";

    private readonly SiteFolder _site = new();

    public static TheoryData<string> Blocks => [.. Block().Matches(Readme()).Select(match => match.Groups["text"].Value)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Command_prints_what_the_readme_shows(string block)
    {
        string[] lines = block.TrimEnd('\n').Split('\n');
        string[] shown = lines[1..];
        Directory.CreateDirectory(_site.File("host"));
        foreach (string source in Repository.SampleFiles())
            Copy(source, _site.File(Path.Combine("host", "samples", Path.GetRelativePath(Repository.Samples, source))));

        string output = await RunAsync(lines[0]);

        string[] printed = [.. output.Split('\n').Select(Steady)];
        Assert.Equal(shown.Select(Steady), printed.Take(shown.Length));
    }

    [Fact]
    public void Commands_are_run_from_the_readme() => Assert.NotEmpty(Blocks);

    [Fact]
    public void Links_lead_to_files_that_are_there()
    {
        string[] broken = [.. Link().Matches(Readme()).Select(match => match.Groups["target"].Value).Where(target => !Path.Exists(Path.Combine(Repository.Root, target)))];

        Assert.Empty(broken);
    }

    public void Dispose() => _site.Dispose();

    private static string Readme() => File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    /// <summary>The build is done and the sources are elsewhere, so the same words run the built executable on a copy of the samples.</summary>
    private async Task<string> RunAsync(string line)
    {
        string command = line[2..].Replace("dotnet build -v quiet && ", string.Empty, StringComparison.Ordinal)
            .Replace(FromSources, Repository.Executable, StringComparison.Ordinal);
        using Process process = Process.Start(new ProcessStartInfo("bash", ["-c", $"exec {command}"]) { WorkingDirectory = _site.Path, RedirectStandardOutput = true })!;
        try
        {
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(AuditHostCommand.Patience);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(AuditHostCommand.Patience);
            Assert.Equal(0, process.ExitCode);
            return output;
        }
        finally
        {
            process.Kill();
        }
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(source, target);
    }

    /// <summary>Without what differs from run to run: durations, column widths, and the number that a path gives its source.</summary>
    private static string Steady(string line) =>
        Spaces().Replace(PathHash().Replace(Duration().Replace(line, "T"), "-HASH"), " ").TrimEnd();

    [GeneratedRegex(@"^```console run\n(?<text>\$ .*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<target>[^):]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\b\d+\.\d(?=  |$)")]
    private static partial Regex Duration();

    [GeneratedRegex("-[0-9a-f]{8}$")]
    private static partial Regex PathHash();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();
}
