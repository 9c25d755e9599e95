using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog;

/// <summary>Where each of Datadog's APIs is: at the hosts of a site, or behind an address that stands for them.</summary>
internal sealed class DatadogAddresses
{
    private const string TracesPath = "/v1/traces";

    /// <exception cref="SettingsException">The site or an address is none.</exception>
    public DatadogAddresses(DatadogSettings settings, TimeProvider time)
    {
        string site = settings.Endpoint is null ? DatadogSite.Check(settings.Site) : settings.Site;
        string api = $"https://api.{site}";
        Validate = At(api, "/api/v1/validate");
        Series = At(api, "/api/v2/series");
        Distributions = At(api, "/api/v1/distribution_points");
        Events = At(api, "/api/v1/events");
        Logs = settings.LogsEndpoint is null ? At($"https://http-intake.logs.{site}", "/api/v2/logs") : Set("logs_endpoint", settings.LogsEndpoint, "/api/v2/logs");
        Spans = settings.ApmEndpoint is null
            ? At($"https://otlp.{site}", TracesPath)
            : HttpEndpoints.Parse("apm_endpoint", settings.ApmEndpoint, settings.Balancing, time, static endpoint => endpoint.AbsolutePath == "/" ? WithPath(endpoint, TracesPath) : endpoint);

        HttpEndpoints At(string own, string path) => settings.Endpoint is null
            ? HttpEndpoints.Parse("site", EndpointList.Of(own + path), settings.Balancing, time)
            : Set("endpoint", settings.Endpoint, path);

        HttpEndpoints Set(string setting, EndpointList list, string path) =>
            HttpEndpoints.Parse(setting, list, settings.Balancing, time, endpoint => WithPath(endpoint, path));
    }

    public HttpEndpoints Validate { get; }

    public HttpEndpoints Series { get; }

    public HttpEndpoints Distributions { get; }

    public HttpEndpoints Events { get; }

    public HttpEndpoints Logs { get; }

    public HttpEndpoints Spans { get; }

    private static Uri WithPath(Uri endpoint, string path) => endpoint.Query.Length > 0
        ? throw new ArgumentException("Has a query (?…), to which no path can be added. Remove it")
        : new UriBuilder(endpoint) { Path = endpoint.AbsolutePath.TrimEnd('/') + path }.Uri;
}
