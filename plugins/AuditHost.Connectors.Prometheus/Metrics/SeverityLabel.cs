using AuditHost.PluginKit.Metrics;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>The label <c>severity</c>: the envelope's five words, whatever case a payload writes them in.</summary>
internal static class SeverityLabel
{
    private static readonly string[] Names = ["Info", "Low", "Medium", "High", "Critical"];

    /// <summary>Values of such a label; the number of each of the five is that of <see cref="Severity"/>.</summary>
    public static LabelValues Values(int limit) => new(limit, Names);

    /// <summary>The number of a payload's own severity, which is free text.</summary>
    public static int IndexOf(LabelValues values, EventValue severity)
    {
        for (int index = 0; index < Names.Length; index++)
        {
            if (severity.Raw.Length == Names[index].Length && System.Text.Ascii.EqualsIgnoreCase(severity.Raw, Names[index]))
                return index;
        }

        return values.IndexOf(severity);
    }
}
