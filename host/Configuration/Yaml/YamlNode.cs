namespace AuditHost.Configuration.Yaml;

/// <summary>A node of a site file, with its place.</summary>
internal abstract class YamlNode(SourceLocation location)
{
    public SourceLocation Location { get; } = location;

    /// <summary>What an error message calls it.</summary>
    public abstract string Noun { get; }
}
