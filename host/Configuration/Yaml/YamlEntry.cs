namespace AuditHost.Configuration.Yaml;

/// <summary>One key of a mapping and what stands under it.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value)
{
    public string Name => Key.Value;
}
