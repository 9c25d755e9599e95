using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.NewRelic;

/// <summary>One of the APIs that events are sent to.</summary>
/// <param name="Body">Writes its requests.</param>
/// <param name="Endpoints">Where they go.</param>
internal sealed record NewRelicFeed(ITelemetryBody Body, HttpEndpoints Endpoints)
{
    public TelemetryKind Kind => Body.Kind;
}
