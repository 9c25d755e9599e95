using System.Globalization;

namespace AuditHost.Connectors.Prometheus.Exposition;

/// <summary>Chooses the format that a scraper likes best (RFC 9110, section 12.5.1).</summary>
internal static class AcceptHeader
{
    /// <summary>The format for an <c>Accept</c> header. One that names neither gets text, as from every exporter.</summary>
    public static ExpositionFormat Choose(string accept)
    {
        double openMetrics = 0, text = 0;
        foreach (string range in accept.Split(','))
        {
            string[] parts = range.Split(';', StringSplitOptions.TrimEntries);
            double quality = QualityOf(parts);
            if (parts[0].Equals("application/openmetrics-text", StringComparison.OrdinalIgnoreCase) && ParameterOf(parts, "version") is (null or "1.0.0"))
                openMetrics = Math.Max(openMetrics, quality);
            else if (parts[0].Equals("text/plain", StringComparison.OrdinalIgnoreCase) || parts[0] is "text/*" or "*/*")
                text = Math.Max(text, quality);
        }

        return openMetrics > 0 && openMetrics >= text ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text;
    }

    private static double QualityOf(string[] parts) =>
        ParameterOf(parts, "q") is { } text && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double quality) ? quality : 1;

    private static string? ParameterOf(string[] parts, string name) => parts.Skip(1)
        .Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(pair => pair.Length == 2 && pair[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim('"');
}
