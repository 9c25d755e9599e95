namespace AuditHost.Sdk;

/// <summary>What the host must know about a connector before it can prepare a batch. A site file may lower limits, never raise them.</summary>
/// <param name="Type">The name used in a site file, in lower_snake_case.</param>
/// <param name="Summary">One sentence for listings and generated documents.</param>
public sealed record ConnectorInfo(string Type, string Summary)
{
    /// <summary>What counts as delivered, in a sentence or two for generated documents: what the destination has confirmed by then.</summary>
    public string? Delivered { get; init; }

    /// <summary>Which renderings <see cref="IConnector.SendAsync"/> reads. Nothing else is rendered.</summary>
    public BatchContent Content { get; init; } = BatchContent.Body;

    /// <summary>The format used when the site file names neither <c>format</c> nor <c>template</c>.</summary>
    public string DefaultFormat { get; init; } = "json";

    /// <summary>How events are joined into the body; <see langword="null"/> leaves it to the format.</summary>
    public Framing? Framing { get; init; }

    /// <summary>How many calls of <see cref="IConnector.SendAsync"/> may run at a time. 1 keeps the order.</summary>
    public int MaxConcurrency { get; init; } = 1;

    /// <summary>The most events in a batch.</summary>
    public int MaxBatchEvents { get; init; } = 500;

    /// <summary>The most bytes in a batch's body, or in its payloads together; uncompressed.</summary>
    public int MaxBatchBytes { get; init; } = 1 << 20;

    /// <summary>Whether a refused batch may be sent again in parts, so that only the offending event dies.</summary>
    public bool Splittable { get; init; } = true;

    /// <summary>The connector's own names for the host's batching keys, for instance <c>bulk_actions</c> for <c>batch_size</c>.</summary>
    public IReadOnlyDictionary<string, string> BatchingAliases { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Why the plugin cannot be unloaded: the library that keeps it, and how. The host then reloads it side by side and counts what stays in
    /// memory. <see langword="null"/>: it unloads, which the conformance kit checks.
    /// </summary>
    public string? PinnedBy { get; init; }
}
