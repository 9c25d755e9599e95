using AuditHost.PluginKit.Alerts;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>A request that is queued.</summary>
/// <param name="Endpoint">Who queued it.</param>
/// <param name="Id">What it is called there.</param>
/// <param name="Action">What it does to an alert.</param>
/// <param name="Alias">The alert.</param>
/// <param name="Body">What it says.</param>
internal sealed record QueuedRequest(Uri Endpoint, string Id, AlertAction Action, string Alias, byte[] Body)
{
    /// <summary>Whether a message would make the same request again.</summary>
    public bool Is(AlertAction action, string alias, ReadOnlySpan<byte> body) => Action == action && Alias == alias && body.SequenceEqual(Body);
}
