using System.CommandLine;
using AuditHost.Configuration;

namespace AuditHost.Commands;

/// <summary><c>validate</c>: every error of a site file at once.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("file") { Description = "The site file.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> config = SiteArguments.Config();
        var command = new Command("validate", "Check a site file and print every error, warning and note at once.") { file, config };
        command.SetAction(async (parsed, _) =>
        {
            string path = parsed.GetValue(file) ?? parsed.GetRequiredValue(config);
            using LoadedSite loaded = await LoadedSite.LoadAsync(path);
            bool valid = await loaded.ReportAsync(warnings: true, notes: true);
            int errors = loaded.Result.Diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            int warnings = loaded.Result.Diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning);
            if (!valid)
            {
                Console.WriteLine($"{path}: {Counted.Of(errors, "error")}, {Counted.Of(warnings, "warning")}. The file cannot be used.");
                return ExitCode.Configuration;
            }

            int enabled = loaded.Options.Destinations.Count(destination => destination.Enabled);
            Console.WriteLine($"{path}: valid, {Counted.Of(enabled, "enabled destination")}, {Counted.Of(warnings, "warning")}.");
            return ExitCode.Done;
        });
        return command;
    }
}
