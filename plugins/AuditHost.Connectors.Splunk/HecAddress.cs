using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Splunk;

/// <summary>
/// The addresses of an HTTP Event Collector. Operators know it by its host, by <c>/services/collector</c> or by the whole path.
/// </summary>
internal static class HecAddress
{
    private const string Collector = "/services/collector";

    /// <summary>The endpoints, each with the path that takes events.</summary>
    /// <exception cref="Sdk.SettingsException">One is no endpoint.</exception>
    public static HttpEndpoints Parse(SplunkSettings settings, TimeProvider time) =>
        HttpEndpoints.Parse("hec_endpoint", settings.HecEndpoint, settings.Balancing, time, static endpoint => WithPath(endpoint, "/event"));

    /// <summary>Another service of the collector that an address for events belongs to.</summary>
    /// <param name="events">The address for events.</param>
    /// <param name="service">For instance <c>/ack</c>.</param>
    public static Uri Of(Uri events, string service) => WithPath(events, service);

    private static Uri WithPath(Uri endpoint, string service)
    {
        string path = endpoint.AbsolutePath.TrimEnd('/');
        int collector = path.IndexOf(Collector, StringComparison.OrdinalIgnoreCase);
        string root = collector < 0 ? path : path[..collector];
        return new UriBuilder(endpoint) { Path = root + Collector + service }.Uri;
    }
}
