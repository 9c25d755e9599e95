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
}
