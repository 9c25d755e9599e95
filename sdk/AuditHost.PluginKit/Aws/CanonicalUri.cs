namespace AuditHost.PluginKit.Aws;

/// <summary>The parts of a URI in the one form that is signed.</summary>
internal static class CanonicalUri
{
    /// <summary>The path as it is sent, each segment encoded once more.</summary>
    public static string PathOf(Uri uri) => string.Join('/', uri.AbsolutePath.Split('/').Select(Uri.EscapeDataString));

    /// <summary>The parameters in the order of their encoded names, then values.</summary>
    public static string QueryOf(Uri uri) => string.Join(
        '&',
        uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(Parameter)
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .ThenBy(parameter => parameter.Value, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Name}={parameter.Value}"));

    private static (string Name, string Value) Parameter(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (Encoded(text), string.Empty) : (Encoded(text[..equals]), Encoded(text[(equals + 1)..]));
    }

    /// <summary>However it was encoded before.</summary>
    private static string Encoded(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));
}
