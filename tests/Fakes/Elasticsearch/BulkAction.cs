namespace AuditHost.Fakes.Elasticsearch;

/// <summary>An action of a <c>_bulk</c> request.</summary>
/// <param name="Name">For instance <c>create</c>.</param>
/// <param name="Index">The index that it names.</param>
/// <param name="Id">The document's <c>_id</c>.</param>
/// <param name="Source">The document's line.</param>
internal sealed record BulkAction(string Name, string? Index, string? Id, ReadOnlyMemory<byte> Source);
