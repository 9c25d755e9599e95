using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;
using AuditHost.Configuration.Yaml;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads <c>isolation</c>: a word, or a mapping with the limits.</summary>
internal static class IsolationBinder
{
    private static readonly ScalarKey<bool> Word = new("isolation", IsolationKeys.Type.Kind, IsolationKeys.Type.Description);

    public static IsolationOptions? Bind(Section section, MappingKey key)
    {
        if (section.Find(key)?.Value is YamlScalar)
            return section.Get(Word, false) ? new IsolationOptions() : null;
        if (section.GetSection(key) is not { } isolation)
            return null;
        var defaults = new IsolationOptions();
        var options = new IsolationOptions
        {
            MemoryBytes = isolation.Get(IsolationKeys.Memory, defaults.MemoryBytes),
            OpenFiles = isolation.Get(IsolationKeys.OpenFiles, defaults.OpenFiles),
            Threads = isolation.Get(IsolationKeys.Threads, defaults.Threads),
            Environment = Variables(isolation),
        };
        return isolation.Get(IsolationKeys.Type, false) ? options : null;
    }

    private static Dictionary<string, string> Variables(Section isolation)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in isolation.GetList(IsolationKeys.Environment) ?? [])
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || pair.Contains('\0', StringComparison.Ordinal))
                isolation.Error(IsolationKeys.Environment, "each is NAME=value");
            else if (!variables.TryAdd(pair[..equals], pair[(equals + 1)..]))
                isolation.Error(IsolationKeys.Environment, $"{pair[..equals]} stands there twice");
        }

        return variables;
    }
}
