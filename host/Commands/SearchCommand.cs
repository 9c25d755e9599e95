using System.CommandLine;
using AuditHost.Configuration.Options;
using AuditHost.Lanes;
using AuditHost.Sdk;

namespace AuditHost.Commands;

/// <summary><c>search</c>: asks a destination for the events that it holds.</summary>
internal static class SearchCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Create()
    {
        var arguments = new SearchArguments();
        Option<string> config = SiteArguments.Config();
        Option<bool> json = SiteArguments.Json();
        var command = new Command("search", "Find events at a destination that can be searched.") { config, json };
        arguments.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            using LoadedSite loaded = await LoadedSite.LoadAsync(parsed.GetRequiredValue(config));
            if (!await loaded.ReportAsync(warnings: false))
                return ExitCode.Configuration;
            string? wanted = parsed.GetValue(arguments.Destination);
            DestinationOptions[] candidates =
                [.. loaded.Options.Destinations.Where(destination => destination.Enabled && (wanted is null || destination.Name == wanted))];
            if (candidates.Length == 0)
                return await DestinationNames.ReportUnknownAsync(wanted, loaded.Options);

            var factory = new DestinationFactory(loaded.Options, loaded.Catalogue, loaded.Redactor, TimeProvider.System, loaded.Log);
            List<Destination> searchable = [];
            try
            {
                foreach (DestinationOptions candidate in candidates)
                    await AddIfSearchableAsync(factory, candidate, named: wanted is not null, searchable);
                if (searchable is not [Destination destination])
                    return await ReportChoiceAsync(wanted, searchable, [.. candidates.Where(candidate => candidate.Isolation is not null).Select(candidate => candidate.Name)]);
                SearchPage page = await SearchAsync(destination, arguments.Read(parsed), loaded, stop);
                SearchOutput.Print(page, destination.Options.Name, parsed.GetValue(json));
                return page.TimedOut ? ExitCode.Failed : ExitCode.Done;
            }
            finally
            {
                foreach (Destination destination in searchable)
                    await destination.DisposeAsync();
            }
        });
        return command;
    }

    private static async Task AddIfSearchableAsync(DestinationFactory factory, DestinationOptions options, bool named, List<Destination> searchable)
    {
        // Whether a plugin in a process of its own can be asked shows only there, so it is tried where it is named.
        if (options.Isolation is not null && !named)
            return;
        Destination destination = await factory.CreateAsync(options, Guid.Empty);
        if (destination.Connector is IEventSearch)
            searchable.Add(destination);
        else
            await destination.DisposeAsync();
    }

    private static async Task<int> ReportChoiceAsync(string? wanted, List<Destination> searchable, string[] isolated)
    {
        string problem = wanted is not null ? $"'{wanted}' cannot be searched."
            : searchable.Count == 0 && isolated.Length > 0 ? $"a destination with a process of its own must be named with --destination: {string.Join(", ", isolated)}."
            : searchable.Count == 0 ? "no enabled destination can be searched."
            : $"several destinations can be searched; choose with --destination: {string.Join(", ", searchable.Select(destination => destination.Options.Name))}.";
        await Console.Error.WriteLineAsync($"audithost: {problem}");
        return searchable.Count > 1 ? ExitCode.Usage : ExitCode.Failed;
    }

    private static async Task<SearchPage> SearchAsync(Destination destination, SearchQuery query, LoadedSite loaded, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(Patience);
        try
        {
            return await ((IEventSearch)destination.Connector).SearchAsync(query, deadline.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new IOException($"{destination.Options.Name}: no answer within {Patience.TotalSeconds:0} s.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new IOException($"{destination.Options.Name}: {loaded.Redactor.Redact(exception.Message)}", exception);
        }
    }
}
