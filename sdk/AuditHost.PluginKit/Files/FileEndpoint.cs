namespace AuditHost.PluginKit.Files;

/// <summary>Where a connector with a file leads, for the operator.</summary>
public static class FileEndpoint
{
    /// <summary>The file as an absolute URI, or a relative path as a relative one: only the host knows where it counts from.</summary>
    public static IReadOnlyList<Uri> Of(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
            return [];

        // The dot keeps a name such as a:b from being taken for a scheme.
        return [Path.IsPathFullyQualified(path) ? new Uri(path) : new Uri(Path.Combine(".", path), UriKind.Relative)];
    }
}
