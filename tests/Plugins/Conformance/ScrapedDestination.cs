using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>
/// Prometheus, which scrapes whenever the kit looks. Metrics name no event: the kit numbers its events, so that a count says which of them
/// have arrived.
/// </summary>
internal sealed class ScrapedDestination : TestDestination
{
    private const string Events = "copybook_audit_events_total";

    private readonly int _port = FreePort();
    private readonly HttpClient _http = new();

    public override string Settings => string.Create(CultureInfo.InvariantCulture, $$$"""{"http_endpoint":{"port":{{{_port}}},"bearer_token":"s3cr3t-t0ken"}}""");

    public override IReadOnlyList<string> Arrived
    {
        get
        {
            // What the host's meter says is of other tests too, which run beside.
            string[] lines = [.. Scrape().Where(line => !line.Contains("copybook_integration_", StringComparison.Ordinal) && !line.Contains("copybook_audit_system_health", StringComparison.Ordinal))];
            int counted = lines.Where(line => line.StartsWith(Events, StringComparison.Ordinal)).Sum(line => int.Parse(line[line.LastIndexOf(' ')..], CultureInfo.InvariantCulture));
            return [.. lines, .. Enumerable.Range(1, counted).Select(number => string.Create(CultureInfo.InvariantCulture, $$"""{"event_id":"kit-{{number:D8}}"}"""))];
        }
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return default;
    }

    private string[] Scrape()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/metrics"));
        request.Headers.Add("Authorization", "Bearer s3cr3t-t0ken");
        try
        {
            using HttpResponseMessage response = _http.Send(request);
            response.EnsureSuccessStatusCode();
            using var reader = new StreamReader(response.Content.ReadAsStream());
            return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (HttpRequestException exception) when (exception.InnerException is SocketException)
        {
            // Nothing listens yet.
            return [];
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
