namespace AuditHost.Sdk;

/// <summary>What the host must know to place a formatter's output.</summary>
/// <param name="Type">The name used in a site file, in lower_snake_case.</param>
/// <param name="Summary">One sentence for listings and generated documents.</param>
public sealed record FormatterInfo(string Type, string Summary)
{
    /// <summary>How the host joins events of this format when the connector does not say.</summary>
    public Framing Framing { get; init; } = Framing.Newline;
}
