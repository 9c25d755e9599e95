using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog;

/// <summary>Datadog's sites ("Getting Started with Datadog Sites"). Each has its own organizations and keys.</summary>
internal static class DatadogSite
{
    public const string Default = "datadoghq.com";

    private static readonly string[] Known =
    [
        Default, "us3.datadoghq.com", "us5.datadoghq.com", "ap1.datadoghq.com", "ap2.datadoghq.com", "uk1.datadoghq.com", "datadoghq.eu", "ddog-gov.com", "us2.ddog-gov.com",
    ];

    /// <exception cref="SettingsException">It is none; the message names the nearest one.</exception>
    public static string Check(string site) => Array.IndexOf(Known, site) >= 0
        ? site
        : throw new SettingsException("site", $"Not a site of Datadog. Did you mean {Nearest(site)}? There are {string.Join(", ", Known)}; for anything else set endpoint");

    /// <summary>People copy the address that they look at, in whatever case, or call a site by its region.</summary>
    private static string Nearest(string site)
    {
        string name = site.Trim().TrimEnd('/').ToLowerInvariant();
        name = name[(name.LastIndexOf('/') + 1)..];
        foreach (string prefix in new[] { "app.", "api.", "www." })
            name = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
        return name switch
        {
            "us" or "us1" => Default,
            "eu" or "eu1" => "datadoghq.eu",
            "gov" or "us1-fed" => "ddog-gov.com",
            "us2-fed" => "us2.ddog-gov.com",
            { Length: > 1 } when Known.FirstOrDefault(known => known.StartsWith(name + '.', StringComparison.Ordinal)) is { } region => region,
            _ => Known.MinBy(known => Distance(known, name))!,
        };
    }

    /// <summary>How many letters have to be put in, left out or changed.</summary>
    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
