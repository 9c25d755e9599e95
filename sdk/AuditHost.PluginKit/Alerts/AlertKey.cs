using System.Security.Cryptography;
using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Alerts;

/// <summary>The key by which a destination tells one alert from another: the same on every attempt, and for all messages about one alert.</summary>
public static class AlertKey
{
    private const int HashCharacters = 2 * SHA256.HashSizeInBytes;

    /// <summary>The key of <c>alert.dedup_key</c>; without the host's alert hygiene each event is an alert, and its own key names it.</summary>
    /// <param name="outbound">The event.</param>
    /// <param name="limit">The most characters that the destination takes, at least 65.</param>
    public static string Of(in OutboundEvent outbound, int limit)
    {
        EventValue key = new Alert(outbound.Event).Key;
        return Fit(key is { Kind: EventValueKind.String, Raw.IsEmpty: false } ? key.ToString() : outbound.Key, limit);
    }

    /// <summary>A key that fits: a longer one keeps its beginning, and the hash of the whole keeps it apart from others that begin alike.</summary>
    /// <param name="key">Any text.</param>
    /// <param name="limit">The most characters, at least 65.</param>
    public static string Fit(string key, int limit)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, HashCharacters);
        if (key.Length <= limit)
            return key;
        byte[] utf8 = Encoding.UTF8.GetBytes(key);
        string beginning = Encoding.UTF8.GetString(Utf8Text.CutCharacters(utf8, limit - HashCharacters - 1));
        return $"{beginning}:{Convert.ToHexStringLower(SHA256.HashData(utf8))}";
    }
}
