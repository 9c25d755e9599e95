namespace AuditHost.Configuration.Options;

/// <summary>The site's own plugins, besides the built-in ones. Paths are absolute.</summary>
/// <param name="Directory">The folder of their folders.</param>
/// <param name="LockFile">The sums of those that may be loaded.</param>
internal sealed record PluginOptions(string Directory, string LockFile)
{
    /// <summary>Files with the public keys of those whose signed plugins may be loaded in any version.</summary>
    public IReadOnlyList<string> Publishers { get; init; } = [];

    /// <summary>The limits of their processes, where none of their code may run in the host's; <see langword="null"/>: it may.</summary>
    public IsolationOptions? Isolation { get; init; }
}
