using System.Text;

namespace AuditHost.Sdk.Testing;

public abstract partial class ConnectorConformance
{
    /// <summary>Name, constructor, limits and schema are such that a host loads the plugin.</summary>
    [Fact]
    public void Factory_is_one_that_a_host_takes()
    {
        ConnectorFactory factory = CreateFactory();
        FactoryCheck.Check(factory);
        Rule.Concurrency.Holds(
            factory.Info is { MaxConcurrency: >= 1, MaxBatchEvents: >= 1, MaxBatchBytes: >= 1 },
            $"A limit of '{factory.Type}' is below 1.", "Set MaxConcurrency, MaxBatchEvents and MaxBatchBytes to what the destination takes.");
    }

    /// <summary>Every setting is described, and a key that is none is refused by name.</summary>
    [Fact]
    public async Task Settings_are_described_and_unknown_ones_refused()
    {
        await using TestDestination destination = await OpenDestinationAsync();
        ConnectorFactory factory = CreateFactory();
        FactoryCheck.CheckSchema(factory);
        using var context = new TestPluginContext(Path.GetTempPath());
        FactoryCheck.CheckUnknownKey(destination.Settings, settings => factory.Create(settings, context));
    }

    /// <summary>Endpoints are absolute addresses without credentials.</summary>
    [Fact]
    public async Task Endpoints_can_be_shown_to_an_operator()
    {
        await using TestDestination destination = await OpenDestinationAsync();
        IReadOnlyList<Uri> endpoints = CreateFactory().Endpoints(Encoding.UTF8.GetBytes(destination.Settings));
        IReadOnlyList<string> secrets = SecretSettings.In(CreateFactory(), destination.Settings);
        foreach (Uri endpoint in endpoints)
        {
            Rule.Secrets.Holds(
                !endpoint.IsAbsoluteUri || endpoint.UserInfo.Length == 0,
                $"The endpoint {endpoint.OriginalString} has a user in it.",
                "Endpoints are shown: leave user and password out.");
            Rule.Secrets.Holds(
                !secrets.Any(secret => endpoint.OriginalString.Contains(secret, StringComparison.Ordinal)),
                $"An endpoint of '{CreateFactory().Type}' holds a secret setting.",
                "Endpoints are shown: give scheme, host, port and path alone.");
        }
    }

    /// <summary>Creating checks the settings and opens nothing: the host also does it to validate a site file.</summary>
    [Fact]
    public async Task Create_opens_nothing()
    {
        await using ConformanceBench bench = await PrepareAsync();
        Rule.Settings.Holds(
            bench.Context.Connections == 0 && bench.Destination.Arrived.All(text => text.Length == 0),
            "Create opened a connection or wrote something.",
            "Open in StartAsync, or with the first batch; Create also runs when an operator only validates.");
    }
}
