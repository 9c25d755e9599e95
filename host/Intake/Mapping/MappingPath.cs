namespace AuditHost.Intake.Mapping;

/// <summary>A dotted path as a site writes it. A name that has dots itself stands in quotes: <c>attributes."event.id"</c>.</summary>
internal static class MappingPath
{
    /// <summary>The names on the way; <see langword="null"/> where the text is no path.</summary>
    public static string[]? Parse(string text)
    {
        List<string> names = [];
        ReadOnlySpan<char> rest = text;
        while (true)
        {
            bool isQuoted = rest is ['"', ..];
            int end = isQuoted ? rest[1..].IndexOf('"') + 1 : rest.IndexOf('.');
            if (isQuoted && end == 0)
                return null;
            string name = (isQuoted ? rest[1..end] : end < 0 ? rest : rest[..end]).ToString();
            if (name.Length == 0 || (!isQuoted && name.Contains('"')))
                return null;
            names.Add(name);
            rest = isQuoted ? rest[(end + 1)..] : end < 0 ? default : rest[end..];
            if (rest.IsEmpty)
                return [.. names];
            if (rest[0] != '.')
                return null;
            rest = rest[1..];
        }
    }
}
