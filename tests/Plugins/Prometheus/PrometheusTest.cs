using System.Net.Http.Headers;
using System.Text;
using AuditHost.Connectors.Prometheus;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Prometheus;

/// <summary>What tests of the connector have in common: one that serves on a free port, batches, and what a scrape says.</summary>
public abstract class PrometheusTest : IAsyncLifetime
{
    private readonly List<PrometheusConnector> _connectors = [];
    private ulong _sequence;

    private protected TestPluginContext Context { get; } = new();

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public virtual ValueTask InitializeAsync() => default;

    public virtual async ValueTask DisposeAsync()
    {
        foreach (PrometheusConnector connector in _connectors)
            await connector.DisposeAsync();
        Context.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected PrometheusConnector Create(string settings, PluginContext? context = null)
    {
        var connector = (PrometheusConnector)new PrometheusFactory().Create(Encoding.UTF8.GetBytes(settings), context ?? Context);
        _connectors.Add(connector);
        return connector;
    }

    /// <summary>A started one on a free port.</summary>
    /// <param name="more">Further keys of the settings, with a comma before them.</param>
    /// <param name="endpoint">Further keys of the endpoint, with a comma before them.</param>
    private protected async Task<PrometheusConnector> StartAsync(string more = "", string endpoint = "")
    {
        PrometheusConnector connector = Create($$$"""{"http_endpoint":{"port":0{{{endpoint}}}}{{{more}}}}""");
        await connector.StartAsync(Cancelled);
        return connector;
    }

    /// <summary>A batch of events with the next places in the journal.</summary>
    private protected EventBatch Batch(params IReadOnlyList<string> events) =>
        new(events.Select(json => new OutboundEvent(TestEvent.Parse(json, ++_sequence), "log", default)).ToArray(), default, string.Empty);

    /// <summary>A batch of events with places of their own.</summary>
    private protected static EventBatch BatchAt(string json, params IReadOnlyList<ulong> places) =>
        new(places.Select(place => new OutboundEvent(TestEvent.Parse(json, place), "log", default)).ToArray(), default, string.Empty);

    /// <summary>What <c>audithost test --send</c> sends.</summary>
    private protected static EventBatch TestEventBatch() => BatchAt(PrometheusEvents.Of("ConnectionTest"), 0);

    private protected static Uri AddressOf(PrometheusConnector connector, string path = "/metrics") => new($"http://{connector.EndPoint}{path}");

    private protected async Task<string> ScrapeAsync(PrometheusConnector connector, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(connector));
        if (accept is not null)
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        using HttpResponseMessage response = await Context.Http.SendAsync(request, Cancelled);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(Cancelled);
    }

    /// <summary>Counts events and gives the series of a scrape: name and labels to value.</summary>
    private protected async Task<Dictionary<string, string>> CountAsync(PrometheusConnector connector, params IReadOnlyList<string> events)
    {
        Assert.True((await connector.SendAsync(Batch(events), Cancelled)).IsDelivered);
        return SeriesOf(await ScrapeAsync(connector));
    }

    private protected static Dictionary<string, string> SeriesOf(string text) => text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => line[0] != '#')
        .ToDictionary(line => line[..line.LastIndexOf(' ')], line => line[(line.LastIndexOf(' ') + 1)..]);
}
