using AuditHost.Configuration;
using AuditHost.Configuration.Options;

namespace AuditHost.Commands;

/// <summary>Says which destinations there are when a command names one that is not.</summary>
internal static class DestinationNames
{
    public static async Task<int> ReportUnknownAsync(string? wanted, SiteOptions site)
    {
        string[] enabled = [.. site.Destinations.Where(destination => destination.Enabled).Select(destination => destination.Name)];
        bool disabled = site.Destinations.Any(destination => destination.Name == wanted && !destination.Enabled);
        string hint = disabled ? " It is in the file, but not enabled."
            : wanted is not null && NearestName.Find(wanted, enabled) is { } nearest ? $" Did you mean '{nearest}'?"
            : string.Empty;
        string list = enabled.Length == 0 ? "The site enables no destination." : $"Enabled are: {string.Join(", ", enabled)}.";
        await Console.Error.WriteLineAsync(
            wanted is null ? $"audithost: {list}" : $"audithost: there is no enabled destination '{wanted}'.{hint} {list}");
        return ExitCode.Failed;
    }
}
