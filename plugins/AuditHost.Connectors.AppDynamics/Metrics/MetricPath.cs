using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Metrics;

/// <summary>
/// The path of a metric, <c>Custom Metrics|AuditHost|Events</c>. '|' and ':' both begin a new level, ',' is not allowed, and nothing but ASCII is
/// ("Metric path CharSequence replacements in extensions", AppDynamics Knowledge Base).
/// </summary>
internal static class MetricPath
{
    /// <summary>Longer names are cut.</summary>
    public const int LongestName = 128;

    /// <summary>Checks what the names of all metrics begin with.</summary>
    /// <exception cref="SettingsException">It is no path.</exception>
    public static string Check(string setting, string path)
    {
        string trimmed = path.Trim().TrimEnd('|');
        if (trimmed.Length == 0 || trimmed.Split('|').Any(string.IsNullOrWhiteSpace))
            throw new SettingsException(setting, "Not a path: a level of it is empty. Expected one such as Custom Metrics|AuditHost|Events");
        return trimmed.All(IsAllowed)
            ? trimmed
            : throw new SettingsException(setting, "Has a ',', a quote, a backslash, a control character or a letter that is not ASCII, which AppDynamics does not take. Leave it out");
    }

    /// <summary>Makes one level of a path of an event's text: every character that cannot stand in one becomes '_'.</summary>
    /// <param name="text">In UTF-8.</param>
    /// <param name="level">Has room for <see cref="LongestName"/>.</param>
    /// <returns>How long it is.</returns>
    public static int Escape(ReadOnlySpan<byte> text, Span<char> level)
    {
        int length = 0;
        foreach (byte one in text)
        {
            // What follows in a character of several bytes has no sign of its own.
            if ((one & 0xC0) == 0x80)
                continue;
            if (length == LongestName)
                break;
            level[length++] = IsAllowed((char)one) && one is not ((byte)'|' or (byte)':') ? (char)one : '_';
        }

        return length;
    }

    /// <summary>Quotes and backslashes are left out too: a metric's name stands in the Controller's own queries and rules.</summary>
    private static bool IsAllowed(char one) => one is >= ' ' and <= '~' and not (',' or '"' or '\\');
}
