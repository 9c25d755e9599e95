using System.CommandLine;
using AuditHost.Formatting;
using AuditHost.Formatting.Library;

namespace AuditHost.Commands;

/// <summary><c>templates list|show|test|new</c>.</summary>
internal static class TemplatesCommand
{
    public static Command Create() => new("templates", "See, test and begin templates.")
    {
        CreateList(), CreateShow(), TemplatesTestCommand.Create(), TemplatesNewCommand.Create(),
    };

    private static Command CreateList()
    {
        Option<string> config = SiteArguments.Config();
        Option<bool> json = SiteArguments.Json();
        var command = new Command("list", "List the site's templates and the ready ones, the broken ones with the reason.") { config, json };
        command.SetAction((parsed, _) =>
        {
            TemplateListing[] listings = [.. TemplateFinder.Open(parsed.GetRequiredValue(config)).Entries.Select(Describe)];
            if (parsed.GetValue(json))
                Output.Json(listings, CommandJson.Default.IReadOnlyListTemplateListing);
            else
                Output.Table(
                    ["template", "from", "kind", "content type", "renders"],
                    listings.Select(listing => new[]
                    {
                        listing.Name, listing.From, listing.Kind ?? "broken", listing.ContentType ?? string.Empty,
                        FirstLine(listing.Problem ?? listing.Summary ?? string.Empty),
                    }));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command CreateShow()
    {
        Argument<string> name = TemplateFinder.Argument();
        Option<string> config = SiteArguments.Config();
        var command = new Command("show", "Print a template, and how a site uses it.") { name, config };
        command.SetAction((parsed, _) =>
        {
            if (TemplateFinder.FindPath(parsed.GetRequiredValue(name), parsed.GetRequiredValue(config)) is not { } path)
                return Task.FromResult(ExitCode.Failed);
            Console.Write(File.ReadAllText(path));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static TemplateListing Describe(TemplateEntry entry)
    {
        string from = entry.IsReady ? "ready" : "site";
        var broken = new TemplateListing(entry.Name, from, entry.Path, null, null, entry.File?.Summary, entry.Problem);
        if (entry is not { File: { } file, Problem: null })
            return broken;
        try
        {
            TemplateVersion version = TemplateVersion.Compile(file);
            return broken with { Kind = version.Kind.ToString().ToLowerInvariant(), ContentType = version.ContentType };
        }
        catch (TemplateException exception)
        {
            return broken with { Problem = exception.Message };
        }
    }

    private static string FirstLine(string text) => text.Split('\n')[0];
}
