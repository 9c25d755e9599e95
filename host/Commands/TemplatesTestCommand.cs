using System.CommandLine;
using AuditHost.Formatting.Library;

namespace AuditHost.Commands;

/// <summary><c>templates test</c>: renders the sample of each template and compares it with what is expected.</summary>
internal static class TemplatesTestCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("template")
        {
            Description = "Templates by name or file; without any, all of the site's folder.", Arity = ArgumentArity.ZeroOrMore,
        };
        var update = new Option<bool>("--update") { Description = "Write what is expected anew, from what is rendered now." };
        Option<string> config = SiteArguments.Config();
        Option<bool> json = SiteArguments.Json();
        var command = new Command("test", "Render the samples of templates and compare them with what is expected.") { names, update, config, json };
        command.SetAction(async (parsed, _) =>
        {
            if (await FindAsync(parsed.GetValue(names) ?? [], parsed.GetRequiredValue(config)) is not { } paths)
                return ExitCode.Failed;
            GoldenResult[] results = [.. paths.Select(path => GoldenTest.Run(path, parsed.GetValue(update)))];
            if (parsed.GetValue(json))
                Output.Json(results, CommandJson.Default.IReadOnlyListGoldenResult);
            else
                Array.ForEach(results, Print);
            bool passed = Array.TrueForAll(results, result => result.Outcome != GoldenOutcome.Failed)
                && Array.Exists(results, result => result.Outcome != GoldenOutcome.NoSample);
            return passed ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static async Task<IReadOnlyList<string>?> FindAsync(string[] names, string config)
    {
        if (names.Length > 0)
        {
            string[] paths = [.. names.Select(name => TemplateFinder.FindPath(name, config)).OfType<string>()];
            return paths.Length == names.Length ? paths : null;
        }

        TemplateLibrary library = TemplateFinder.Open(config);
        string[] own = [.. library.Entries.Where(entry => !entry.IsReady).Select(entry => TemplateFinder.Shown(entry.Path))];
        if (own.Length > 0)
            return own;
        await Console.Error.WriteLineAsync($"audithost: there is no template in {library.SiteFolder}; audithost templates new NAME begins one.");
        return null;
    }

    private static void Print(GoldenResult result)
    {
        string end = result.Outcome switch
        {
            GoldenOutcome.Passed => $"passed, {Counted.Of(result.Events, "event")}",
            GoldenOutcome.Updated => $"expected output written, {Counted.Of(result.Events, "event")}; look at it before you trust it",
            GoldenOutcome.NoSample => "no sample to test it with",
            _ => "failed",
        };
        Console.WriteLine($"{result.Template}: {end}");
        if (result.Problem is { } problem)
            Console.WriteLine($"  {problem.ReplaceLineEndings("\n  ")}");
        if (result.Difference is not { } difference)
            return;
        Console.WriteLine($"  {result.Path}: the output differs from line {difference.Line}, column {difference.Column} on; - is expected, + is rendered");
        foreach (string line in difference.Lines)
            Console.WriteLine($"  {line}".TrimEnd());
    }
}
