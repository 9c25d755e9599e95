namespace AuditHost.Sdk.Testing;

/// <summary>
/// The rules that hold for every connector, as tests. Derive a class from this one, or rather from
/// <see cref="HttpConnectorConformance"/> or <see cref="StreamConnectorConformance"/>, which have the rules of their kind besides.
/// </summary>
public abstract partial class ConnectorConformance
{
    /// <summary>Writes each event as the connector wants it. The event on one line of JSON unless overridden.</summary>
    protected virtual IEventFormatter Formatter { get; } = new JsonLine();

    /// <summary>Makes the factory that is tested, a new one each time.</summary>
    protected abstract ConnectorFactory CreateFactory();

    /// <summary>Opens a destination that takes everything.</summary>
    protected abstract ValueTask<TestDestination> OpenDestinationAsync();

    /// <summary>Whether the plugin can be unloaded. One that a library pins leaves threads and timers too, and nothing can check them.</summary>
    private protected bool Unloads => CreateFactory().Info.PinnedBy is null;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected async Task<ConformanceBench> StartAsync()
    {
        ConformanceBench bench = await PrepareAsync();
        await bench.StartAsync();
        return bench;
    }

    /// <summary>A connector that is not started yet.</summary>
    private protected async Task<ConformanceBench> PrepareAsync(TimeProvider? time = null) => PrepareFor(await OpenDestinationAsync(), time);

    private protected ConformanceBench PrepareFor(TestDestination destination, TimeProvider? time = null, string? credential = null) =>
        new(CreateFactory(), destination, Formatter, new TestPluginContext(Path.GetTempPath(), time, Authority, credential));

    private protected virtual System.Security.Cryptography.X509Certificates.X509Certificate2? Authority => null;
}
