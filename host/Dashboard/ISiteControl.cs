using AuditHost.Plugins;

namespace AuditHost.Dashboard;

/// <summary>What an operator can ask of a site: of a running host through its socket, or of the data directory itself.</summary>
internal interface ISiteControl : IAsyncDisposable
{
    Task<SiteStatus> GetStatusAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<DeadLetterView>> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken);

    /// <returns><see langword="null"/> where there is no such letter.</returns>
    Task<DeadLetterView?> GetDeadLetterAsync(ulong id, CancellationToken cancellationToken);

    Task<ReplayReport> ReplayAsync(ReplayOrder order, CancellationToken cancellationToken);

    Task<DiscardReport> DiscardAsync(DeadLetterQuery query, CancellationToken cancellationToken);

    /// <summary>What waits for destinations that the site does not serve.</summary>
    Task<IReadOnlyList<BacklogView>> ListBacklogsAsync(CancellationToken cancellationToken);

    /// <summary>Has a destination go on where such a backlog begins.</summary>
    Task<AdoptReport> AdoptBacklogAsync(AdoptOrder order, CancellationToken cancellationToken);

    Task<BacklogDiscardReport> DiscardBacklogAsync(string name, CancellationToken cancellationToken);

    /// <summary>Every plugin folder that was found, with what became of it.</summary>
    Task<IReadOnlyList<PluginDescription>> ListPluginsAsync(CancellationToken cancellationToken);

    /// <summary>Takes over what lies in the plugins directory now, while destinations go on.</summary>
    /// <param name="name">One folder; without it, each of the site's own.</param>
    /// <param name="cancellationToken">Ends the wait; what has begun is done.</param>
    Task<IReadOnlyList<PluginReloadReport>> ReloadPluginsAsync(string? name, CancellationToken cancellationToken);
}
