using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>
/// The base addresses of an Events Service. Operators know the Controller's better, which answers to none of these requests; so that one is
/// told apart here ("SaaS Domains and IP Ranges" has the hosts of each region).
/// </summary>
internal static class EventsAddress
{
    private const string SaasDomain = ".saas.appdynamics.com";
    private const string SaasEventsSuffix = "ana-api";

    /// <summary>Where a Controller of one's own listens unless told otherwise.</summary>
    private static readonly int[] ControllerPorts = [8090, 8181];

    /// <exception cref="SettingsException">One is no address of an Events Service.</exception>
    public static HttpEndpoints Parse(AppDynamicsSettings settings, TimeProvider time) =>
        HttpEndpoints.Parse("endpoint", settings.Endpoint, settings.Balancing, time, Complete);

    /// <summary>An address below the base of an Events Service.</summary>
    /// <param name="endpoint">The base.</param>
    /// <param name="path">For instance <c>/events/schema/audit_events</c>.</param>
    public static Uri Of(Uri endpoint, string path) => new(endpoint.AbsoluteUri.TrimEnd('/') + path);

    private static Uri Complete(Uri endpoint)
    {
        if (IsController(endpoint))
            throw new ArgumentException("This is a Controller, and events go to the Events Service. Use https://analytics.api.appdynamics.com or your region's, such as https://fra-ana-api.saas.appdynamics.com; on premises, the Events Service's host with port 9080");

        // Of a whole address, as the manual's examples have it, what comes before the calls.
        string path = endpoint.AbsolutePath.TrimEnd('/') + "/";
        int calls = path.IndexOf("/events/", StringComparison.OrdinalIgnoreCase);
        return new UriBuilder(endpoint) { Path = (calls < 0 ? path : path[..calls]).TrimEnd('/'), Query = string.Empty }.Uri;
    }

    private static bool IsController(Uri endpoint) =>
        endpoint.AbsolutePath.StartsWith("/controller", StringComparison.OrdinalIgnoreCase)
        || ControllerPorts.Contains(endpoint.Port)
        || (endpoint.Host.EndsWith(SaasDomain, StringComparison.OrdinalIgnoreCase)
            && !endpoint.Host[..^SaasDomain.Length].EndsWith(SaasEventsSuffix, StringComparison.OrdinalIgnoreCase));
}
