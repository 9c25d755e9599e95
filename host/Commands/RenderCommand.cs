using System.CommandLine;
using AuditHost.Configuration.Options;
using AuditHost.Formatting;
using AuditHost.Formatting.Library;
using AuditHost.Intake;
using AuditHost.Lanes;
using AuditHost.Sdk;

namespace AuditHost.Commands;

/// <summary><c>render</c>: shows events as a destination, or a template file, renders them.</summary>
internal static class RenderCommand
{
    public static Command Create()
    {
        Argument<string> file = EventFile.Argument();
        var destination = new Option<string?>("--destination", "-d") { Description = "As this destination of the site.", HelpName = "NAME" };
        var template = new Option<string?>("--template", "-t") { Description = "Through this template, by name or file; no site file is needed.", HelpName = "TEMPLATE" };
        var body = new Option<bool>("--body") { Description = "The template renders a whole body (variables events and batch), whatever its file says." };
        var contentType = new Option<string?>("--content-type") { Description = "What the template renders, whatever its file says." };
        Option<string> config = SiteArguments.Config();
        var command = new Command("render", "Show what events look like to a destination or through a template. Sends nothing.")
        {
            file, destination, template, body, contentType, config,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(destination) is null == result.GetValue(template) is null)
                result.AddError("Name either --destination or --template.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            IReadOnlyList<ParsedEvent> events = await EventFile.ReadAsync(parsed.GetRequiredValue(file), stop);
            if (parsed.GetValue(template) is not { } wanted)
                return await RenderDestinationAsync(parsed.GetRequiredValue(config), parsed.GetValue(destination)!, events, stop);
            if (TemplateFinder.FindPath(wanted, parsed.GetRequiredValue(config)) is not { } path)
                return ExitCode.Failed;
            var options = new TemplateOptions
            {
                Path = path, Kind = parsed.GetValue(body) ? TemplateKind.Body : null, ContentType = parsed.GetValue(contentType),
            };
            return await RenderTemplateAsync(options, events);
        });
        return command;
    }

    private static async Task<int> RenderDestinationAsync(string config, string name, IReadOnlyList<ParsedEvent> events, CancellationToken stop)
    {
        using LoadedSite loaded = await LoadedSite.LoadAsync(config);
        if (!await loaded.ReportAsync(warnings: false))
            return ExitCode.Configuration;
        DestinationOptions? options = loaded.Options.Destinations.FirstOrDefault(destination => destination.Enabled && destination.Name == name);
        if (options is null)
            return await DestinationNames.ReportUnknownAsync(name, loaded.Options);
        await using var preview = new Preview(loaded);
        return await PrintAsync(events, parsedEvent => preview.RenderAsync(options, parsedEvent, stop));
    }

    private static async Task<int> RenderTemplateAsync(TemplateOptions options, IReadOnlyList<ParsedEvent> events)
    {
        try
        {
            TemplateVersion version = TemplateVersion.Open(options);
            if (version.Body is { } body)
                return PrintBody(body, events);
            var renderer = new BatchRenderer("render", Guid.Empty, BatchContent.Body, Framing.Newline, version.Event!, null);
            return await PrintAsync(events, parsedEvent => ValueTask.FromResult(EventRendering.Of(renderer, parsedEvent)));
        }
        catch (TemplateException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCode.Failed;
        }
    }

    private static int PrintBody(IBodyFormatter formatter, IReadOnlyList<ParsedEvent> events)
    {
        using var output = new PooledBuffer(4096);
        OutboundEvent[] batch = [.. events.Select(parsed => new OutboundEvent(parsed, "render", default))];
        try
        {
            formatter.Format(batch, new BatchFacts("render", batch.Length > 0 ? batch[0].Key : "empty"), output);
        }
        catch (FormatException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.Failed;
        }

        using Stream stdout = Console.OpenStandardOutput();
        stdout.Write(output.Written.Span);
        return ExitCode.Done;
    }

    private static async Task<int> PrintAsync(IReadOnlyList<ParsedEvent> events, Func<ParsedEvent, ValueTask<EventRendering>> render)
    {
        int failed = 0;
        foreach (ParsedEvent parsed in events)
        {
            EventRendering rendering = await render(parsed);
            if (rendering.Error is { } error)
            {
                failed++;
                await Console.Error.WriteLineAsync($"{parsed.Id.ToString()}: {error}");
            }
            else
            {
                string text = rendering.Text;
                Console.Write(text.EndsWith('\n') ? text : $"{text}\n");
            }
        }

        return failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
