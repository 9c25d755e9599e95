using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using AuditHost.Sdk;

namespace AuditHost.Plugins;

/// <summary>A version of the contract. Inside a major the contract only grows, so an older minor is always served.</summary>
internal readonly record struct SdkVersion(int Major, int Minor)
{
    /// <summary>What this host serves. The assembly's own version has no minor, by design; the informational one does.</summary>
    public static SdkVersion OfHost { get; } = ReadHost();

    public bool CanServe(SdkVersion plugin) => plugin.Major == Major && plugin.Minor <= Minor;

    public static bool TryParse([NotNullWhen(true)] string? text, out SdkVersion version)
    {
        version = default;
        if (text?.Split('.') is not [var majorText, var minorText, ..]
            || !int.TryParse(majorText, NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            || !int.TryParse(minorText, NumberStyles.None, CultureInfo.InvariantCulture, out int minor))
            return false;
        version = new SdkVersion(major, minor);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    private static SdkVersion ReadHost()
    {
        Assembly sdk = typeof(PluginAttribute).Assembly;
        string? text = sdk.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return TryParse(text, out SdkVersion version)
            ? version
            : throw new InvalidOperationException($"{sdk.FullName} has no version of the form major.minor.");
    }
}
