using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.PagerDuty;

/// <summary>The addresses of the Events API v2, one for alerts and one for changes.</summary>
internal static class EventsAddress
{
    private const string UnitedStates = "https://events.pagerduty.com";
    private const string Europe = "https://events.eu.pagerduty.com";
    private const string Alerts = "/v2/enqueue";
    private const string Changes = "/v2/change/enqueue";

    /// <summary>The endpoints, each with the path that takes alerts.</summary>
    /// <exception cref="SettingsException">One is no endpoint.</exception>
    public static HttpEndpoints Parse(PagerDutySettings settings, TimeProvider time) => HttpEndpoints.Parse(
        "endpoint", settings.Endpoint ?? EndpointList.Of(settings.Region == PagerDutyRegion.Europe ? Europe : UnitedStates), settings.Balancing, time, Complete);

    /// <summary>Where the changes go, beside an address for alerts.</summary>
    public static Uri ChangesBeside(Uri alerts) =>
        new UriBuilder(alerts) { Path = alerts.AbsolutePath[..^Alerts.Length] + Changes }.Uri;

    private static Uri Complete(Uri endpoint)
    {
        string path = endpoint.AbsolutePath.TrimEnd('/');
        foreach (string known in new[] { Changes, Alerts })
        {
            if (path.EndsWith(known, StringComparison.OrdinalIgnoreCase))
                path = path[..^known.Length];
        }

        return new UriBuilder(endpoint) { Path = path + Alerts }.Uri;
    }
}
