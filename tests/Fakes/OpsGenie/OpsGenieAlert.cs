using System.Text.Json;

namespace AuditHost.Fakes.OpsGenie;

/// <summary>An alert: everything that came under one alias while it was open.</summary>
/// <param name="Alias">Its alias.</param>
/// <param name="Body">What opened it.</param>
public sealed record OpsGenieAlert(string Alias, JsonElement Body)
{
    /// <summary>How often it was created again while it was open, and the first time.</summary>
    public int Count { get; set; } = 1;

    public bool IsAcknowledged { get; set; }

    public bool IsClosed { get; set; }

    /// <summary>What was said when it was acknowledged and closed.</summary>
    public IList<string> Notes { get; } = [];
}
