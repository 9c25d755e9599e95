using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Loki;

/// <summary>The addresses of a Loki. Operators know it by its host, or by the whole path.</summary>
internal static class LokiAddress
{
    private const string Push = "/loki/api/v1/push";

    /// <summary>The endpoints, each with the path that takes lines.</summary>
    /// <exception cref="Sdk.SettingsException">One is no endpoint.</exception>
    public static HttpEndpoints Parse(LokiSettings settings, TimeProvider time) =>
        HttpEndpoints.Parse("endpoint", settings.Endpoint, settings.Balancing, time, static endpoint => WithPath(endpoint, Push));

    /// <summary>Where the Loki that an address for lines belongs to says whether it is ready.</summary>
    public static Uri ReadinessOf(Uri push) => WithPath(push, "/ready");

    private static Uri WithPath(Uri endpoint, string service)
    {
        string path = endpoint.AbsolutePath.TrimEnd('/');
        string root = path.EndsWith(Push, StringComparison.OrdinalIgnoreCase) ? path[..^Push.Length] : path;
        return new UriBuilder(endpoint) { Path = root + service }.Uri;
    }
}
