using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>The addresses of the alert API, of either product.</summary>
internal sealed class AlertsAddress
{
    private const string Alerts = "/v2/alerts";
    private const string Integration = "/jsm/ops/integration";

    private readonly string _path;
    private readonly string? _cloudId;

    private AlertsAddress(OpsGenieSettings settings)
    {
        _path = settings.Api == OpsGenieApi.OpsGenie ? Alerts : Integration + Alerts;
        _cloudId = settings.Api == OpsGenieApi.OpsGenie ? null : settings.CloudId;
    }

    public static AlertsAddress Of(OpsGenieSettings settings) => new(settings);

    /// <summary>The endpoints, each with the path that opens alerts.</summary>
    /// <exception cref="SettingsException">One is no endpoint.</exception>
    public HttpEndpoints Parse(OpsGenieSettings settings, TimeProvider time) =>
        HttpEndpoints.Parse("endpoint", settings.Endpoint ?? EndpointList.Of(DefaultOf(settings)), settings.Balancing, time, Complete);

    /// <summary>Where something is done with an alert that is open.</summary>
    /// <param name="alerts">Where alerts are opened.</param>
    /// <param name="alias">The alert.</param>
    /// <param name="action">For instance <c>close</c>.</param>
    public static Uri Action(Uri alerts, string alias, string action) => Below(alerts, $"{Uri.EscapeDataString(alias)}/{action}?identifierType=alias");

    /// <summary>Where it is told what became of a request. Jira Service Management tells that beside its integrations' API, to accounts.</summary>
    public Uri Status(Uri alerts, string requestId)
    {
        string id = Uri.EscapeDataString(requestId);
        if (_cloudId is null)
            return Below(alerts, $"requests/{id}");
        string root = alerts.AbsolutePath[..^_path.Length];
        return new UriBuilder(alerts) { Path = $"{root}/jsm/ops/api/{Uri.EscapeDataString(_cloudId)}/v1/alerts/requests/{id}" }.Uri;
    }

    private static Uri Below(Uri alerts, string rest) => new($"{alerts.GetLeftPart(UriPartial.Path)}/{rest}");

    private static string DefaultOf(OpsGenieSettings settings) => settings switch
    {
        { Api: OpsGenieApi.JiraServiceManagement } => "https://api.atlassian.com",
        { Region: OpsGenieRegion.Europe } => "https://api.eu.opsgenie.com",
        _ => "https://api.opsgenie.com",
    };

    private Uri Complete(Uri endpoint)
    {
        if (endpoint.Query.Length > 0)
            throw new ArgumentException("Has a query (?…), which the alert API does not have. Remove it");
        string path = endpoint.AbsolutePath.TrimEnd('/');
        foreach (string known in new[] { Alerts, Integration })
        {
            if (path.EndsWith(known, StringComparison.OrdinalIgnoreCase))
                path = path[..^known.Length];
        }

        return new UriBuilder(endpoint) { Path = path + _path }.Uri;
    }
}
