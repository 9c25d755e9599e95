using System.Text.Json;

namespace AuditHost.Fakes.PagerDuty;

/// <summary>An alert: everything that came under one deduplication key while it was open.</summary>
/// <param name="RoutingKey">The integration it belongs to.</param>
/// <param name="DedupKey">Its key there.</param>
public sealed record PagerDutyAlert(string RoutingKey, string DedupKey)
{
    public AlertState State { get; set; }

    /// <summary>The triggers that were merged into it, the first of which opened it.</summary>
    public IList<JsonElement> Triggers { get; } = [];
}
