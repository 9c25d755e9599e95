namespace AuditHost.Fakes.Datadog;

/// <summary>What Datadog makes of tags: at most 200 characters beginning with a letter; case and other characters are lost.</summary>
internal static class TagRules
{
    /// <returns>What is wrong with a tag; <see langword="null"/> for nothing.</returns>
    public static string? Fault(string tag)
    {
        if (tag.Length is 0 or > 200 || !char.IsLetter(tag[0]))
            return $"the tag '{tag}', which is none";
        if (tag[^1] is ':' or '_' || tag.Contains("__", StringComparison.Ordinal))
            return $"the tag '{tag}', of which Datadog leaves some out";
        return tag.EnumerateRunes().All(static one => System.Text.Rune.ToLowerInvariant(one) == one && (System.Text.Rune.IsLetterOrDigit(one) || one.Value is '_' or '-' or ':' or '.' or '/'))
            ? null
            : $"the tag '{tag}', which Datadog writes otherwise";
    }
}
