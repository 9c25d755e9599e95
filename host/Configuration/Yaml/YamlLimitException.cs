namespace AuditHost.Configuration.Yaml;

/// <summary>Reading stopped because the file is out of all proportion.</summary>
internal sealed class YamlLimitException(SourceLocation location, string message) : Exception(message)
{
    public SourceLocation Location { get; } = location;
}
