using AuditHost.Configuration.Secrets;

namespace AuditHost.Configuration.Binding;

/// <summary>What reading one file needs everywhere.</summary>
internal sealed record Reading(DiagnosticList Diagnostics, Expander Expander, SecretSet Secrets, string BaseDirectory)
{
    /// <summary>
    /// Whether placeholders are filled in. Where nothing uses a part of the file its variables need not be set; then a value
    /// with a placeholder is simply not known.
    /// </summary>
    public bool Expands { get; init; } = true;

    /// <summary>Places of secrets that stand in the file itself.</summary>
    public List<(SourceLocation Location, string Path)> LiteralSecrets { get; init; } = [];
}
