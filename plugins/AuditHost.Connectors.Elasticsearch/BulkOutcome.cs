using System.Buffers;
using System.Net;
using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>
/// What a status and an error of Elasticsearch mean for an event. A type of error is part of the reason, its words never: they can quote
/// whatever was sent, and stand in the response that the host keeps and redacts.
/// </summary>
internal static class BulkOutcome
{
    private const int LongestType = 64;

    private static readonly SearchValues<byte> TypeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_"u8);

    /// <returns>The kind of failure; <see langword="null"/> where the document is there, and be it from an earlier attempt.</returns>
    public static FailureKind? Classify(in BulkItem item) => item.Status switch
    {
        >= 200 and <= 299 => null,
        409 => item.ErrorType.IsEmpty || item.ErrorType.SequenceEqual("version_conflict_engine_exception"u8) ? null : FailureKind.Transient,

        // An index that is read-only, for instance since a disk is nearly full, can be written to again some day.
        403 when item.ErrorType.SequenceEqual("cluster_block_exception"u8) => FailureKind.Transient,
        // A pipeline's own verdict on this document, which Elasticsearch takes for an error of the server.
        500 when item.ErrorType.SequenceEqual("fail_processor_exception"u8) => FailureKind.Rejected,
        400 when IsTheOperators(item.ErrorType, item.ErrorReason) => FailureKind.Misconfigured,
        >= 400 and <= 599 => HttpOutcome.Classify((HttpStatusCode)item.Status) ?? FailureKind.Transient,
        _ => FailureKind.Transient,
    };

    /// <summary>Why, in one line.</summary>
    public static string Describe(int status, ReadOnlySpan<byte> type)
    {
        if (status == 0)
            return "The answer does not say what became of the document";
        string name = IsTypeName(type) ? $", {Encoding.ASCII.GetString(type)}" : string.Empty;
        return $"HTTP {status}{name}{Remedy(status, type)}";
    }

    private static string Remedy(int status, ReadOnlySpan<byte> type)
    {
        if (type.SequenceEqual("cluster_block_exception"u8))
            return ": the index is read-only. Is a disk of the cluster nearly full?";
        if (type.SequenceEqual("security_exception"u8) && status == 403)
            return ": the credentials may not write to this index. Give them create_doc, and auto_configure where indices are made by writing";
        if (type.SequenceEqual("index_not_found_exception"u8))
            return ": the index or data stream is not there and is not made by writing. Make it, or mend the template";
        if (type.SequenceEqual("validation_exception"u8))
            return ": the cluster makes no further index. Has it as many shards as it may have?";
        return type.SequenceEqual("index_closed_exception"u8) ? ": the index is closed. Open it" : string.Empty;
    }

    /// <summary>
    /// Refusals with 400 that would meet any event: a setting here or there has to change. Only the beginning of a reason is looked at: behind it
    /// may stand what an event brought, and no event may hold up the others by its words.
    /// </summary>
    private static bool IsTheOperators(ReadOnlySpan<byte> type, ReadOnlySpan<byte> reason) =>
        type.SequenceEqual("validation_exception"u8)
        || type.SequenceEqual("index_closed_exception"u8)
        || type.SequenceEqual("invalid_index_name_exception"u8)
        || (type.SequenceEqual("illegal_argument_exception"u8)
            && (reason.StartsWith("pipeline with id ["u8)
                || reason.StartsWith("only write ops with an op_type of create are allowed in data streams"u8)
                || reason.StartsWith("no write index is defined for alias ["u8)
                || reason.StartsWith("Number of documents in the index can"u8)));

    // Nothing that could be a secret looks like this.
    private static bool IsTypeName(ReadOnlySpan<byte> type) =>
        type.Length <= LongestType && type.EndsWith("_exception"u8) && !type.ContainsAnyExcept(TypeCharacters);
}
