namespace AuditHost.PluginKit.Http;

/// <summary>Tells JSON from other media types.</summary>
public static class JsonMediaType
{
    /// <summary>Whether a payload of this type can stand inside JSON as it is.</summary>
    /// <param name="mediaType">For instance <see cref="Sdk.EventBatch.ContentType"/>, parameters included.</param>
    public static bool Matches(string mediaType)
    {
        ArgumentNullException.ThrowIfNull(mediaType);
        ReadOnlySpan<char> name = mediaType.AsSpan();
        int parameters = name.IndexOf(';');
        if (parameters >= 0)
            name = name[..parameters];
        name = name.Trim();
        return name.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || name.Equals("application/x-ndjson", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }
}
