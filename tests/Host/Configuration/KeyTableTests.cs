using AuditHost.Configuration;
using AuditHost.Configuration.Keys;

namespace AuditHost.Tests.Configuration;

/// <summary>The table of keys and the binder must not drift apart: a key that is listed is read, or says that it has no effect.</summary>
public sealed class KeyTableTests
{
    public static TheoryData<string, string> Leaves()
    {
        var data = new TheoryData<string, string>();
        foreach ((string path, string yaml) in Walk(SiteKeys.Set, string.Empty, string.Empty, 0))
            data.Add(path, yaml);
        foreach ((string path, string yaml) in Walk(DestinationKeys.Set, "enterprise_integration.siem.splunk", DestinationHead, 3))
            data.Add(path, yaml);
        foreach (VariantKey key in (VariantKey[])[GlobalKeys.EventFilters, HostKeys.Sources, DestinationKeys.Authentication])
            AddVariants(data, key);
        return data;
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public async Task Key_with_a_value_of_the_wrong_shape_is_reported_at_its_path(string path, string yaml)
    {
        SiteLoadResult result = await SiteFolder.LoadAsync(yaml);

        string shown = path.Replace("enterprise_integration.", string.Empty, StringComparison.Ordinal);
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Path == shown && diagnostic.Message != "unknown key");
    }

    private const string DestinationHead = "enterprise_integration:\n  siem:\n    splunk:\n      hec_endpoint: 'https://splunk.example'\n      hec_token: canary-token\n";

    private static IEnumerable<(string Path, string Yaml)> Walk(KeySet keys, string path, string head, int depth)
    {
        foreach (Key key in keys.Keys)
        {
            string keyPath = path.Length == 0 ? key.Name : $"{path}.{key.Name}";
            string indent = new(' ', depth * 2);
            if (key is MappingKey mapping)
            {
                // In a list the first line below has its dash, which the first key of the item follows.
                (string below, string item) = mapping.IsList ? ($"{head}{indent}{key.Name}:\n{indent}  -\n", $"{keyPath}[0]") : ($"{head}{indent}{key.Name}:\n", keyPath);
                foreach ((string Path, string Yaml) leaf in Walk(mapping.Keys, item, below, depth + (mapping.IsList ? 2 : 1)))
                    yield return leaf;
            }

            foreach (string name in key.Names)
                yield return (path.Length == 0 ? name : $"{path}.{name}", $"{head}{indent}{name}: {WrongFor(key)}\n");
        }
    }

    private static void AddVariants(TheoryData<string, string> data, VariantKey key)
    {
        (string head, string path) = key == HostKeys.Sources ? ("enterprise_integration: {}\nhost:\n  sources: [", "host.sources[0]")
            : key == GlobalKeys.EventFilters ? ("enterprise_integration:\n  global:\n    event_filters: [", "global.event_filters[0]")
            : ($"{DestinationHead}      authentication: ", "siem.splunk.authentication");
        foreach (Variant variant in key.Variants)
        {
            foreach (Key leaf in variant.Keys.Keys.Where(leaf => leaf != VariantKey.Type))
                data.Add($"{path}.{leaf.Name}", $"{head}{{ type: {variant.Type}, {leaf.Name}: {WrongFor(leaf)} }}{(key.IsList ? "]" : string.Empty)}\n");
        }
    }

    /// <summary>A mapping of one unknown key is wrong for scalars and lists; a list is wrong for mappings.</summary>
    private static string WrongFor(Key key) => key is MappingKey { IsList: false } or ReferenceKey { IsList: false } or SectionKey or VariantKey { IsList: false } ? "[1]" : "{ zz: 1 }";
}
