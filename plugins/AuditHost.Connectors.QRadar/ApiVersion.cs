using System.Globalization;
using AuditHost.Sdk;

namespace AuditHost.Connectors.QRadar;

/// <summary>A version of the console's REST API.</summary>
internal static class ApiVersion
{
    /// <summary>The oldest that a console of QRadar 7.5 knows, and only the first of them.</summary>
    private const int Oldest = 14;

    /// <summary>The version as the header <c>Version</c> has it.</summary>
    /// <exception cref="SettingsException">It is none.</exception>
    public static string Parse(string version)
    {
        string[] parts = version.Split('.');
        bool isVersion = parts.Length is 1 or 2 && parts.All(part => part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit));
        if (!isVersion)
            throw new SettingsException("api_version", "'api_version' is no version of QRadar's REST API; write one such as 26.0, or leave it out for the console's newest.");
        return parts.Length == 1 ? $"{version}.0" : version;
    }

    /// <summary>Whether no console of QRadar 7.5 takes it.</summary>
    public static bool IsTooOld(string version) => int.Parse(version.Split('.')[0], CultureInfo.InvariantCulture) < Oldest;
}
