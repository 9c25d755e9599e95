using AuditHost.Formatting.Library;
using Microsoft.Extensions.Logging;

namespace AuditHost.Lanes;

/// <summary>Looks at the files of the templates in use once a second, and says in the log what became of a change.</summary>
internal sealed class TemplateWatch(IReadOnlyList<(string Destination, LiveTemplate Template)> templates, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<(string Destination, LiveTemplate Template)> In(IEnumerable<Lane> lanes) =>
    [
        .. from lane in lanes
           where lane.Destination.Renderer.Template is not null
           select (lane.Destination.Options.Name, lane.Destination.Renderer.Template),
    ];

    public async Task RunAsync(CancellationToken stopping)
    {
        if (templates.Count == 0)
            return;
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                foreach ((string destination, LiveTemplate template) in templates)
                    Look(destination, template);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The stop asked for.
        }
    }

    /// <summary>The errors on one line; the lines of the template that they show are indented.</summary>
    private static string WithoutExcerpts(string problem) =>
        string.Join(' ', problem.ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith("  ", StringComparison.Ordinal)));

    private void Look(string destination, LiveTemplate template)
    {
        if (!template.Look(time.GetUtcNow()))
            return;
        if (template.Problem is { } problem)
            logger.LogWarning(
                "The changed template of destination {Destination} is not used; it goes on with revision {Revision}. {Problem}",
                destination, template.Current.Revision, WithoutExcerpts(problem));
        else
            logger.LogInformation(
                "Destination {Destination} renders with revision {Revision} of {Template} from here on.", destination, template.Current.Revision, template.Path);
    }
}
