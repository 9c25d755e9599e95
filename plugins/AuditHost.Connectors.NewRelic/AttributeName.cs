using System.Buffers;
using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// Names of attributes: letters, digits, ':', '.' and '_' ("Data requirements and limits for custom event data", Naming syntax), and none of
/// those that New Relic has a use of its own for.
/// </summary>
internal static class AttributeName
{
    private static readonly SearchValues<byte> Allowed =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz:._"u8);

    // "Reserved words" of the same page, "Restrictions" of logs. What is sent under them is dropped, or taken for something else.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "accountId", "appId", "eventType", "timestamp", "entity.guid", "entity.name", "entity.type", "message", "MESSAGE", "log", "LOG", "hostname",
        "plugin.type", "fb.input",
    };

    // "Restricted attributes" of the Metric API: with them a metric is dropped whole, or they are overwritten.
    private static readonly HashSet<string> ReservedOfMetrics = new(StringComparer.Ordinal)
    {
        "accountID", "newrelic.source", "metricName", "endTimestamp", "interval.ms", "value", "common", "min", "max", "count", "sum", "metrics",
    };

    private static readonly byte[][] ReservedUtf8 = [.. Reserved.Select(Encoding.ASCII.GetBytes)];

    private static ReadOnlySpan<byte> ReservedPrefix => "instrumentation."u8;

    /// <summary>What is put before a reserved name of an event's own.</summary>
    public static ReadOnlySpan<byte> Prefix => "audit."u8;

    /// <summary>Checks a name that comes from the settings, and may stand in any kind of data.</summary>
    /// <exception cref="SettingsException">New Relic would drop it.</exception>
    public static byte[] Check(string setting, string name)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        if (utf8.Length == 0 || utf8.AsSpan().ContainsAnyExcept(Allowed))
            throw new SettingsException(setting, "The name of an attribute has other characters than letters, digits, ':', '.' and '_', or none");
        if (utf8.Length >= NewRelicLimits.AttributeName)
            throw new SettingsException(setting, $"The name of an attribute has more than {NewRelicLimits.AttributeName - 1} characters. Shorten it");
        return IsReserved(utf8) || ReservedOfMetrics.Contains(name)
            ? throw new SettingsException($"{setting}.{name}", "New Relic has a use of its own for this name. Choose another")
            : utf8;
    }

    /// <summary>Whether New Relic has a use of its own for a name.</summary>
    public static bool IsReserved(ReadOnlySpan<byte> name)
    {
        if (name.StartsWith(ReservedPrefix))
            return true;
        foreach (byte[] reserved in ReservedUtf8)
        {
            if (name.SequenceEqual(reserved))
                return true;
        }

        return false;
    }

    /// <summary>Puts '_' in place of every byte that cannot stand in a name.</summary>
    public static void Clean(Span<byte> name)
    {
        while (name.IndexOfAnyExcept(Allowed) is >= 0 and var place)
        {
            name[place] = (byte)'_';
            name = name[(place + 1)..];
        }
    }
}
