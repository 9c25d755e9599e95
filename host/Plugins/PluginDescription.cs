using System.Text.Json.Serialization;

namespace AuditHost.Plugins;

/// <summary>One plugin folder, for listings, status and dead letters.</summary>
/// <param name="Name">The folder's name, which is the main assembly's.</param>
/// <param name="Version">The main assembly's version; empty where it could not be read.</param>
/// <param name="SdkVersion">The SDK it was built against, <c>major.minor</c>.</param>
/// <param name="Directory">The folder.</param>
/// <param name="BuiltIn">Whether it came with the host.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">Why it does not serve, and the remedy.</param>
/// <param name="Types">The connector and formatter types it provides.</param>
internal sealed record PluginDescription(
    string Name,
    string Version,
    string SdkVersion,
    string Directory,
    bool BuiltIn,
    PluginStatus Status,
    string? Reason,
    IReadOnlyList<string> Types)
{
    /// <summary>Who vouches for its files: <c>built-in</c>, <c>lock file</c>, or a publisher; missing where nobody does.</summary>
    public string? TrustedBy { get; init; }

    /// <summary>Why it cannot be unloaded, in its author's words; missing where it can.</summary>
    public string? PinnedBy { get; init; }

    /// <summary>Whether none of its code runs in the host's process, by <c>host.plugins.isolation</c>.</summary>
    public bool Isolated { get; init; }

    /// <summary>The main assembly of the copy that is loaded; missing where none is.</summary>
    [JsonIgnore]
    public string? MainAssembly { get; init; }

    /// <summary>Former versions that are still in memory after they were reloaded.</summary>
    public int LeftInMemory { get; init; }
}
