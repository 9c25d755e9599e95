using System.CommandLine;
using AuditHost.Dashboard;

namespace AuditHost.Commands;

/// <summary>What every kind of replay can be told, and how its report is printed.</summary>
internal sealed class ReplayArguments
{
    private readonly Option<bool> _json = SiteArguments.Json();

    public Option<int?> Rate { get; } = new("--rate") { Description = "At most so many events per second.", HelpName = "N" };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Only count what would be sent." };

    public void AddTo(Command command)
    {
        command.Options.Add(Rate);
        command.Options.Add(DryRun);
        command.Options.Add(_json);
        Rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
                result.AddError("--rate must be at least 1 event per second.");
        });
    }

    public int Print(ParseResult parsed, ReplayReport report)
    {
        if (parsed.GetValue(_json))
            Output.Json(report, AdminJson.Default.ReplayReport);
        else if (parsed.GetValue(DryRun))
            Console.WriteLine($"{report.Matched} events would be sent.");
        else
            Console.WriteLine($"{report.Matched} events: {report.Delivered} delivered, {report.Filtered} filtered, {report.Refused} refused.");
        if (report.Problem is { } problem && !parsed.GetValue(_json))
            Console.Error.WriteLine($"audithost: {problem}");
        return report.Problem is null ? ExitCode.Done : ExitCode.Failed;
    }
}
