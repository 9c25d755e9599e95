using System.Text.Json;

namespace AuditHost.Fakes.Elasticsearch;

/// <summary>A document as it was taken.</summary>
/// <param name="Index">The index or data stream it went to.</param>
/// <param name="Id">Its <c>_id</c>.</param>
/// <param name="Source">The document.</param>
/// <param name="Sequence">Its <c>_seq_no</c>: its place in the index, which has one shard.</param>
public sealed record StoredDocument(string Index, string Id, JsonElement Source, long Sequence);
