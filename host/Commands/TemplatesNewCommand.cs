using System.CommandLine;
using AuditHost.Configuration.Options;
using AuditHost.Formatting.Library;

namespace AuditHost.Commands;

/// <summary><c>templates new</c>: a template to begin with, in the site's folder, its test included.</summary>
internal static class TemplatesNewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = $"The template's name: {TemplateName.Kind.Expected}." };
        var from = new Option<string?>("--from") { Description = "A copy of this template instead.", HelpName = "TEMPLATE" };
        var kind = new Option<TemplateKind>("--kind") { Description = "Whether it renders one event or a whole body.", HelpName = "event|body" };
        var contentType = new Option<string>("--content-type")
        {
            Description = "The media type of what it renders.", DefaultValueFactory = _ => TemplateOptions.DefaultContentType,
        };
        Option<string> config = SiteArguments.Config();
        var command = new Command("new", "Begin a template.") { name, from, kind, contentType, config };
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is { } given && !TemplateName.IsSound(given))
                result.AddError($"'{given}' is no name for a template; expected {TemplateName.Kind.Expected}.");
            if (result.GetValue(from) is not null && (result.GetResult(kind) is { Implicit: false } || result.GetResult(contentType) is { Implicit: false }))
                result.AddError("--from copies kind and content type too; leave --kind and --content-type out.");
        });
        command.SetAction((parsed, _) => CreateAsync(
            parsed.GetRequiredValue(name), parsed.GetValue(from), parsed.GetValue(kind), parsed.GetRequiredValue(contentType), parsed.GetRequiredValue(config)));
        return command;
    }

    private static async Task<int> CreateAsync(string name, string? from, TemplateKind kind, string contentType, string config)
    {
        TemplateLibrary library = TemplateFinder.Open(config);
        string path = Path.Combine(library.SiteFolder, $"{name}{TemplateLibrary.Extension}");
        string? taken = File.Exists(path) ? path : library.Entries.FirstOrDefault(entry => entry.Name == name && !entry.IsReady)?.Path;
        if (taken is not null)
        {
            await Console.Error.WriteLineAsync($"audithost: there is a template '{name}' already, {taken}.");
            return ExitCode.Failed;
        }

        string text;
        if (from is null)
            text = TemplateStarter.Write(name, kind, contentType);
        else if (TemplateFinder.FindPath(from, config) is { } source)
            text = TemplateStarter.Copy(TemplateFile.Read(source), name);
        else
            return ExitCode.Failed;

        Directory.CreateDirectory(library.SiteFolder);
        await File.WriteAllTextAsync(path, text);
        Console.WriteLine($"Wrote {TemplateFinder.Shown(path)}. Change it, and run: audithost templates test {name}");
        return ExitCode.Done;
    }
}
