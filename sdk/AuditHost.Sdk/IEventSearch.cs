namespace AuditHost.Sdk;

/// <summary>
/// What a connector implements beside <see cref="IConnector"/> where its destination can be asked for the events that it holds.
/// <c>audithost search</c> calls it, on a connector that gets no batches and need not have been started.
/// </summary>
public interface IEventSearch
{
    /// <summary>Finds events, oldest first, one page at a time.</summary>
    /// <param name="query">What is looked for. Its conditions hold all together.</param>
    /// <param name="cancellationToken">Carries the deadline.</param>
    /// <returns>The page, and where the next one begins.</returns>
    /// <exception cref="ArgumentException">
    /// The query cannot be asked: a value of it is none that the destination knows, for instance <see cref="SearchQuery.After"/>.
    /// </exception>
    /// <exception cref="HttpRequestException">The destination refuses or cannot be reached. Its message says why.</exception>
    ValueTask<SearchPage> SearchAsync(SearchQuery query, CancellationToken cancellationToken);
}
