using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Yaml;
using AuditHost.Intake.Mapping;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads <c>mapping</c> of a source.</summary>
internal static class MappingBinder
{
    public static IReadOnlyList<MappedMember> Bind(Section source) =>
        source.GetSection(MappingKeys.Mapping) is { } mapping ? [.. MappingKeys.Members.Select(key => Bind(mapping, key)).OfType<MappedMember>()] : [];

    private static MappedMember? Bind(Section mapping, MappingKey key)
    {
        if (mapping.Find(key)?.Value is YamlScalar)
        {
            var shorthand = new ScalarKey<string>(key.Name, MappingKeys.From.Kind, key.Description);
            return Paths(mapping, shorthand) is { } paths ? new MappedMember(key.Name, paths) : null;
        }

        if (mapping.GetSection(key) is not { } member)
            return null;
        string[]? from = Paths(member, MappingKeys.From);
        string? otherwise = member.GetText(MappingKeys.Default);
        if (member.Find(MappingKeys.From) is null && otherwise is null)
            mapping.Error(key, "says nothing: give it from, default or both");
        return new MappedMember(key.Name, from ?? []) { Default = otherwise, Values = member.GetMap(MappingKeys.Values) };
    }

    private static string[]? Paths(Section section, ScalarKey<string> key)
    {
        if (section.GetText(key) is not { } text)
            return null;
        string[] paths = text.Split(MappingKeys.Or, StringSplitOptions.TrimEntries);
        if (paths.All(path => MappingPath.Parse(path) is not null))
            return paths;
        section.Error(key, $"'{text}' is no path; write names with dots between them, those with dots in quotes, as in event.user | attributes.\"user.id\"");
        return null;
    }
}
