using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// A license key. Those of other regions than the first begin with the region's name, two digits and an x, for instance <c>eu01xx</c>: New
/// Relic's own agents find their server by it.
/// </summary>
internal static class LicenseKey
{
    public const string Header = "Api-Key";

    private const int LongestRegion = 6;

    /// <exception cref="SettingsException">It cannot be one.</exception>
    public static string Check(NewRelicSettings settings)
    {
        string key = HttpHeader.CheckValue("license_key", settings.LicenseKey);
        return key.Length > 0 ? key : throw new SettingsException("license_key", "Empty. Give it a license key of the account");
    }

    /// <summary>The region of the settings; without one the key's own.</summary>
    /// <exception cref="SettingsException">The two differ, or the key's region has no addresses here.</exception>
    public static NewRelicRegion RegionOf(NewRelicSettings settings)
    {
        string? own = NameOf(settings.LicenseKey);
        NewRelicRegion? region = own switch
        {
            null => null,
            "eu" => NewRelicRegion.Europe,
            "gov" => NewRelicRegion.Government,
            _ => throw new SettingsException("license_key", $"A key of the region '{own}', whose addresses are not known here. Give them by log_endpoint, metric_endpoint, event_endpoint and trace_endpoint"),
        };
        if (settings.Region is { } set && region is { } known && set != known)
            throw new SettingsException("region", $"The license key is one of the region '{own}'. Set region: {own}, or use a key of the other account");
        return settings.Region ?? region ?? NewRelicRegion.UnitedStates;
    }

    private static string? NameOf(string key)
    {
        int end = key.AsSpan().IndexOfAnyExceptInRange('a', 'z');
        bool isNamed = end is >= 2 and <= LongestRegion - 2 && key.Length > end + 2
            && char.IsAsciiDigit(key[end]) && char.IsAsciiDigit(key[end + 1]) && key[end + 2] == 'x';
        return isNamed ? key[..end] : null;
    }
}
