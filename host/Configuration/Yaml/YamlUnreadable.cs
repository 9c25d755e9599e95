namespace AuditHost.Configuration.Yaml;

/// <summary>Stands where something was refused and reported already, so that readers pass over it in silence.</summary>
internal sealed class YamlUnreadable(SourceLocation location) : YamlNode(location)
{
    public override string Noun => "something unreadable";
}
