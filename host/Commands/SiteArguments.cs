using System.CommandLine;

namespace AuditHost.Commands;

/// <summary>The options that commands share, spelled once.</summary>
internal static class SiteArguments
{
    public static Option<string> Config() => new("--config", "-c")
    {
        Description = "The site file. Without it: $AUDITHOST_CONFIG, then audithost.yaml here.",
        HelpName = "FILE",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("AUDITHOST_CONFIG") is { Length: > 0 } file ? file : "audithost.yaml",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };
}
