namespace AuditHost.Configuration.Yaml;

/// <summary>A mapping whose keys are unique, in the order of the file.</summary>
internal sealed class YamlMapping : YamlNode
{
    private readonly Dictionary<string, YamlEntry> _byName;

    public YamlMapping(SourceLocation location, IReadOnlyList<YamlEntry> entries)
        : base(location)
    {
        Entries = entries;
        _byName = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<YamlEntry> Entries { get; }

    public override string Noun => "a mapping";

    public YamlEntry? Find(string name) => _byName.GetValueOrDefault(name);
}
