namespace AuditHost.Connectors.Elasticsearch;

/// <summary>What the answer says of one document.</summary>
/// <param name="status">Its status; 0 where it has none.</param>
/// <param name="errorType">The type of its error; empty where there is none.</param>
/// <param name="errorReason">The error's words, as JSON has them.</param>
/// <param name="failureStore">What became of it in the failure store; empty where nothing did.</param>
/// <param name="json">The whole item.</param>
internal readonly ref struct BulkItem(
    int status, ReadOnlySpan<byte> errorType, ReadOnlySpan<byte> errorReason, ReadOnlySpan<byte> failureStore, ReadOnlySpan<byte> json)
{
    public int Status { get; } = status;

    public ReadOnlySpan<byte> ErrorType { get; } = errorType;

    public ReadOnlySpan<byte> ErrorReason { get; } = errorReason;

    public ReadOnlySpan<byte> Json { get; } = json;

    /// <summary>Whether it was taken, but into the failure store, because it fits no mapping or a pipeline failed.</summary>
    public bool IsQuarantined { get; } = failureStore.SequenceEqual("used"u8);
}
