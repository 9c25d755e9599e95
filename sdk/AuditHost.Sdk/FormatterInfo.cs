namespace AuditHost.Sdk;

/// <summary>What the host must know to place a formatter's output.</summary>
/// <param name="Type">The name used in a site file, in lower_snake_case.</param>
/// <param name="Summary">One sentence for listings and generated documents.</param>
public sealed record FormatterInfo(string Type, string Summary)
{
    /// <summary>How the host joins events of this format when the connector does not say.</summary>
    public Framing Framing { get; init; } = Framing.Newline;

    /// <summary>
    /// Why the plugin cannot be unloaded: the library that keeps it, and how. The host then reloads it side by side and counts what stays in
    /// memory. <see langword="null"/>: it unloads, which the conformance kit checks.
    /// </summary>
    public string? PinnedBy { get; init; }
}
