using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>The data stream that is written to, and what it is found by.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Patterns">The pattern of the settings, and the name where the pattern does not fit it.</param>
internal sealed record EventStream(string Name, IReadOnlyList<string> Patterns)
{
    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static EventStream Create(ElasticSecuritySettings settings)
    {
        string pattern = settings.IndexPattern;
        int wildcard = pattern.IndexOf('*', StringComparison.Ordinal);
        if (wildcard >= 0 && wildcard < pattern.Length - 1)
            throw new SettingsException("index_pattern", "Has a * that is not at its end. Use one *, as the last character");
        string beginning = IndexName.Check("index_pattern", wildcard < 0 ? pattern : pattern[..wildcard]);
        string name = settings.DataStream is { } given ? IndexName.Check("data_stream", given) : IndexName.Check("index_pattern", beginning.TrimEnd('-'));
        bool fits = wildcard < 0 ? name == pattern : name.StartsWith(beginning, StringComparison.Ordinal);
        return new EventStream(name, fits ? [pattern] : [pattern, name]);
    }
}
