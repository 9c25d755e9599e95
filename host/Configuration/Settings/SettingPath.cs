using AuditHost.Configuration.Yaml;

namespace AuditHost.Configuration.Settings;

/// <summary>Finds the place of a setting that a plugin names, such as <c>topics.routing_rules[1].target_topic</c>.</summary>
internal static class SettingPath
{
    private static readonly char[] Separators = ['.', '[', ']'];

    /// <summary>The nearest node on the way: a setting that is not there is missing from the last one that is.</summary>
    public static SourceLocation Locate(YamlNode node, string setting)
    {
        SourceLocation location = node.Location;
        foreach (string segment in setting.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            YamlNode? next = node switch
            {
                YamlMapping mapping => mapping.Find(segment.Trim('\''))?.Value,
                YamlSequence sequence when int.TryParse(segment, out int index) && index >= 0 && index < sequence.Items.Count => sequence.Items[index],
                _ => null,
            };
            if (next is null)
                break;
            node = next;
            location = node.Location;
        }

        return location;
    }
}
