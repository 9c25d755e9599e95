namespace AuditHost.Dashboard;

/// <summary>What became of the order to reload a plugin.</summary>
/// <param name="Plugin">Its folder's name.</param>
/// <param name="FormerVersion">What served before; missing where the folder is new.</param>
/// <param name="Version">What serves now.</param>
/// <param name="Changed">Whether anything was exchanged.</param>
/// <param name="Destinations">The destinations that go on with the new version.</param>
internal sealed record PluginReloadReport(string Plugin, string? FormerVersion, string Version, bool Changed, IReadOnlyList<string> Destinations)
{
    /// <summary>Why nothing was exchanged, and the remedy; the former version goes on.</summary>
    public string? Problem { get; init; }

    /// <summary>Why the former version is still in memory; missing where it left.</summary>
    public string? Remains { get; init; }
}
