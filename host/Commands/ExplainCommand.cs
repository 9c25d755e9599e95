using System.CommandLine;
using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Lanes;
using AuditHost.Lanes.Filters;

namespace AuditHost.Commands;

/// <summary><c>explain</c>: which destinations get each event, why the others do not, and what exactly is sent.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        Argument<string> file = EventFile.Argument();
        var only = new Option<string?>("--destination", "-d") { Description = "Only this destination.", HelpName = "NAME" };
        Option<string> config = SiteArguments.Config();
        Option<bool> json = SiteArguments.Json();
        var command = new Command("explain", "Say for each event where it goes, why not elsewhere, and what exactly is sent. Sends nothing.")
        {
            file, only, config, json,
        };
        command.SetAction(async (parsed, stop) =>
        {
            using LoadedSite loaded = await LoadedSite.LoadAsync(parsed.GetRequiredValue(config));
            if (!await loaded.ReportAsync(warnings: false))
                return ExitCode.Configuration;
            string? wanted = parsed.GetValue(only);
            DestinationOptions[] destinations =
                [.. loaded.Options.Destinations.Where(destination => destination.Enabled && (wanted is null || destination.Name == wanted))];
            if (destinations.Length == 0)
                return await DestinationNames.ReportUnknownAsync(wanted, loaded.Options);

            await using var preview = new Preview(loaded);
            (DestinationOptions Options, FilterSet Filters)[] lanes = [.. destinations.Select(destination => (destination, new FilterSet(destination.Filters)))];
            List<Explanation> explanations = [];
            foreach (ParsedEvent parsedEvent in await EventFile.ReadAsync(parsed.GetRequiredValue(file), stop))
            {
                foreach ((DestinationOptions destination, FilterSet filters) in lanes)
                    explanations.Add(await ExplainAsync(parsedEvent, destination, filters, preview, stop));
            }

            if (parsed.GetValue(json))
                Output.Json(explanations, CommandJson.Default.IReadOnlyListExplanation);
            else
                Print(explanations);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<Explanation> ExplainAsync(
        ParsedEvent parsedEvent, DestinationOptions destination, FilterSet filters, Preview preview, CancellationToken stop)
    {
        string id = parsedEvent.Id.ToString();
        if (filters.Objection(parsedEvent) is { } objection)
            return new Explanation(id, destination.Name, Sent: false, $"filtered: {objection.Description} — not so", null);
        EventRendering rendering = await preview.RenderAsync(destination, parsedEvent, stop);
        return rendering.Error is { } error
            ? new Explanation(id, destination.Name, Sent: false, $"dead letter: {error}", null)
            : new Explanation(id, destination.Name, Sent: true, null, rendering.Text);
    }

    private static void Print(IEnumerable<Explanation> explanations)
    {
        foreach (IGrouping<string, Explanation> group in explanations.GroupBy(explanation => explanation.Event))
        {
            Console.WriteLine(group.Key);
            foreach (Explanation explanation in group)
            {
                Console.WriteLine(explanation.Sent ? $"  -> {explanation.Destination}" : $"  -- {explanation.Destination}: {explanation.Reason}");
                if (explanation.Payload is { } payload)
                    Console.WriteLine($"     {payload.TrimEnd().ReplaceLineEndings("\n     ")}");
            }
        }
    }
}
