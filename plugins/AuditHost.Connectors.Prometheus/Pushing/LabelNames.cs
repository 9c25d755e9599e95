using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Pushing;

/// <summary>Checks labels that a site gives to everything that is pushed.</summary>
internal static class LabelNames
{
    /// <summary>Labels of the families: one that a site gives would take their place.</summary>
    private static readonly HashSet<string> Own =
    [
        "event_type", "severity", "operation", "profile", "regulation", "impact", "security_event_type", "resource_type", "classification",
        "destination", "status", "le",
    ];

    /// <exception cref="SettingsException">It cannot be a label's name here.</exception>
    public static string Check(string setting, string name)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(static one => char.IsAsciiLetterOrDigit(one) || one == '_') || name.StartsWith("__", StringComparison.Ordinal))
            throw new SettingsException(setting, $"'{name}' is no label's name. Use letters, digits and '_', begin with a letter");
        if (Own.Contains(name))
            throw new SettingsException(setting, $"'{name}' is a label of the metrics themselves. Choose another name");
        return name;
    }
}
