using AuditHost.Sdk;

namespace AuditHost.Formats.Ecs;

/// <summary>The name of the object that holds what ECS has no fields for.</summary>
internal static class EcsCustomField
{
    public const string Default = "audithost";

    private const int LongestName = 64;

    // The field sets of ECS 9.4 that stand at the top, and its fields there; with those that stand only inside others, lest a later version
    // moves one up.
    private static readonly HashSet<string> OfEcs =
    [
        "agent", "as", "base", "client", "cloud", "code_signature", "container", "data_stream", "destination", "device", "dll", "dns", "ecs", "elf",
        "email", "entity", "error", "event", "faas", "file", "gen_ai", "geo", "group", "hash", "host", "http", "interface", "labels", "log", "macho",
        "message", "network", "observer", "orchestrator", "organization", "os", "package", "pe", "process", "registry", "related", "risk", "rule",
        "server", "service", "source", "span", "tags", "threat", "tls", "trace", "transaction", "url", "user", "user_agent", "vlan", "volume",
        "vulnerability", "x509",
    ];

    /// <summary>Checks a name.</summary>
    /// <exception cref="SettingsException">It is one of ECS's own, or would not be found in a search.</exception>
    public static void Check(string name)
    {
        if (name.Length is 0 or > LongestName || !char.IsAsciiLetterLower(name[0])
            || !name.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_'))
            throw new SettingsException(
                "custom_field", $"'custom_field' is '{name}'; it must be of lower case letters, digits and underscores, begin with a letter and have at most {LongestName} characters.");
        if (OfEcs.Contains(name))
            throw new SettingsException("custom_field", $"'custom_field' is '{name}', which ECS has for itself; take the name of the product or of the company.");
    }
}
