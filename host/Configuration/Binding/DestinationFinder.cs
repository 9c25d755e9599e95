using System.Text.RegularExpressions;
using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Yaml;

namespace AuditHost.Configuration.Binding;

/// <summary>Finds the destinations under all headings and which of them are switched on.</summary>
internal sealed partial class DestinationFinder(Reading reading)
{
    private readonly Dictionary<string, DestinationEntry> _byName = new(StringComparer.Ordinal);

    public IReadOnlyList<DestinationEntry> Find(YamlMapping integration)
    {
        bool allEnabled = IsGloballyEnabled(integration);
        foreach (SectionKey heading in SiteKeys.Sections)
        {
            YamlNode? node = integration.Find(heading.Name)?.Value;
            if (node is YamlMapping mapping)
                mapping.Entries.ToList().ForEach(entry => Add(heading, entry, allEnabled));
            else if (node is not null and not YamlUnreadable and not YamlScalar { IsNull: true })
                reading.Diagnostics.Error(node.Location, heading.Name, $"expected a mapping of destinations, got {node.Noun}");
        }

        return [.. _byName.Values];
    }

    private bool IsGloballyEnabled(YamlMapping integration)
    {
        if (integration.Find(SiteKeys.Global.Name)?.Value is not YamlMapping mapping)
            return true;
        Section global = Section.Open(mapping, GlobalKeys.Set, SiteKeys.Global.Name, reading);
        bool enabled = global.Get(GlobalKeys.Enabled, true);
        if (!enabled && global.Find(GlobalKeys.Enabled) is { } entry)
            reading.Diagnostics.Note(entry.Value.Location, global.PathOf(entry.Name), "every destination is disabled by this");
        return enabled;
    }

    private void Add(SectionKey heading, YamlEntry entry, bool allEnabled)
    {
        string path = $"{heading.Name}.{entry.Name}";
        if (!DestinationName().IsMatch(entry.Name))
        {
            reading.Diagnostics.Error(entry.Key.Location, heading.Name, "a destination's name has 1 to 64 characters out of A-Z a-z 0-9 _ . -");
            return;
        }

        if (_byName.TryGetValue(entry.Name, out DestinationEntry? other))
        {
            reading.Diagnostics.Error(
                entry.Key.Location,
                path,
                $"the name {entry.Name} is taken by {other.Path} in line {other.Key.Location.Line}; give this one another name and a type");
            return;
        }

        if (entry.Value is not YamlMapping mapping)
        {
            if (entry.Value is not YamlUnreadable)
                reading.Diagnostics.Error(entry.Value.Location, path, $"expected a mapping, got {entry.Value.Noun}");
            return;
        }

        Section section = Section.OpenShared(mapping, DestinationKeys.Set, path, reading, new Dictionary<string, string>());
        bool enabled = section.Get(DestinationKeys.Enabled, true) && allEnabled;
        _byName.Add(entry.Name, new DestinationEntry(heading, entry.Key, mapping, path, enabled));
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.\-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex DestinationName();
}
