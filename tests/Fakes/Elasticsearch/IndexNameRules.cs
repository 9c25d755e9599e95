namespace AuditHost.Fakes.Elasticsearch;

/// <summary>What the name of an index may be ("Create index API", "Path parameters").</summary>
internal static class IndexNameRules
{
    /// <returns>Why it may not; <see langword="null"/> where it may.</returns>
    public static string? Fault(string name)
    {
        if (name.Length == 0 || name is "." or "..")
            return "must not be empty, '.' or '..'";
        if (name.Any(char.IsUpper))
            return "must be lowercase";
        if (name.IndexOfAny(['\\', '/', '*', '?', '"', '<', '>', '|', ' ', ',', '#', ':']) >= 0)
            return "must not contain the following characters [ , \", *, \\, <, |, ,, >, /, ?, #, :]";
        if (name[0] is '_' or '-' or '+')
            return "must not start with '_', '-', or '+'";
        return System.Text.Encoding.UTF8.GetByteCount(name) > 255 ? "index name is too long" : null;
    }
}
