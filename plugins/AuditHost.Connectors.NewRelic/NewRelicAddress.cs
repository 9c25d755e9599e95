using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// Where each kind of data goes ("Report metrics via the Metric API", "Introduction to the Log API", "Send custom events with our Event API",
/// "New Relic OTLP endpoint", "FedRAMP-compliant endpoints").
/// </summary>
internal static class NewRelicAddress
{
    /// <summary>The endpoints of a kind, each with its path.</summary>
    /// <exception cref="SettingsException">One is no endpoint, or there is none.</exception>
    public static HttpEndpoints Parse(NewRelicSettings settings, TelemetryKind kind, TimeProvider time)
    {
        string path = PathOf(settings, kind);
        (string setting, EndpointList? own) = OwnOf(settings, kind);
        if (own is not null)
            return HttpEndpoints.Parse(setting, own, settings.Balancing, time, endpoint => endpoint.AbsolutePath == "/" ? WithPath(endpoint, path) : endpoint);
        if (settings.Endpoint is not null)
            return HttpEndpoints.Parse("endpoint", settings.Endpoint, settings.Balancing, time, endpoint => WithPath(endpoint, path));
        string server = ServerOf(LicenseKey.RegionOf(settings), kind);
        return HttpEndpoints.Parse(setting, EndpointList.Of($"https://{server}{path}"), settings.Balancing, time);
    }

    private static (string Setting, EndpointList? Endpoints) OwnOf(NewRelicSettings settings, TelemetryKind kind) => kind switch
    {
        TelemetryKind.Logs => ("log_endpoint", settings.LogEndpoint),
        TelemetryKind.Events => ("event_endpoint", settings.EventEndpoint),
        TelemetryKind.Traces => ("trace_endpoint", settings.TraceEndpoint),
        _ => ("metric_endpoint", settings.MetricEndpoint),
    };

    private static string PathOf(NewRelicSettings settings, TelemetryKind kind) => kind switch
    {
        TelemetryKind.Logs => "/log/v1",
        TelemetryKind.Events => $"/v1/accounts/{AccountOf(settings)}/events",
        TelemetryKind.Traces => "/v1/traces",
        _ => "/metric/v1",
    };

    private static string ServerOf(NewRelicRegion region, TelemetryKind kind) => (region, kind) switch
    {
        (NewRelicRegion.UnitedStates, TelemetryKind.Logs) => "log-api.newrelic.com",
        (NewRelicRegion.UnitedStates, TelemetryKind.Events) => "insights-collector.newrelic.com",
        (NewRelicRegion.UnitedStates, TelemetryKind.Traces) => "otlp.nr-data.net",
        (NewRelicRegion.UnitedStates, _) => "metric-api.newrelic.com",
        (NewRelicRegion.Europe, TelemetryKind.Logs) => "log-api.eu.newrelic.com",
        (NewRelicRegion.Europe, TelemetryKind.Events) => "insights-collector.eu01.nr-data.net",
        (NewRelicRegion.Europe, TelemetryKind.Traces) => "otlp.eu01.nr-data.net",
        (NewRelicRegion.Europe, _) => "metric-api.eu.newrelic.com",
        (_, TelemetryKind.Logs) => "gov-log-api.newrelic.com",
        (_, TelemetryKind.Events) => "gov-insights-collector.newrelic.com",
        (_, TelemetryKind.Traces) => "gov-otlp.nr-data.net",
        _ => "gov-metric-api.newrelic.com",
    };

    private static string AccountOf(NewRelicSettings settings)
    {
        string account = settings.AccountId ?? throw new SettingsException("account_id", "Missing, and the Event API's address has it. Give the number of the account, or take events from send");
        return account.Length > 0 && account.All(char.IsAsciiDigit)
            ? account
            : throw new SettingsException("account_id", "Not the number of an account. Expected digits alone");
    }

    private static Uri WithPath(Uri endpoint, string path)
    {
        string root = endpoint.AbsolutePath.TrimEnd('/');
        return root.EndsWith(path, StringComparison.OrdinalIgnoreCase) ? endpoint : new UriBuilder(endpoint) { Path = root + path }.Uri;
    }
}
