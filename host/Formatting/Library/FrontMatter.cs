using AuditHost.Configuration;
using AuditHost.Configuration.Binding;
using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Yaml;
using Scriban.Parsing;

namespace AuditHost.Formatting.Library;

/// <summary>
/// The head of a template file: YAML between two lines of three dashes, the first of which begins the file. It is read as strictly as a
/// site file, but nothing in it is expanded: its texts are examples.
/// </summary>
internal sealed class FrontMatter
{
    private const string Fence = "---";

    private readonly YamlMapping _mapping;
    private readonly DiagnosticList _diagnostics;

    private FrontMatter(YamlMapping mapping, DiagnosticList diagnostics)
    {
        _mapping = mapping;
        _diagnostics = diagnostics;
        foreach (YamlEntry entry in mapping.Entries.Where(entry => FrontMatterKeys.Set.Find(entry.Name) is null))
            diagnostics.Error(entry.Key.Location, entry.Name, "unknown key", NearestName.Find(entry.Name, FrontMatterKeys.Set.Names));
    }

    /// <summary>Reads the head of a template.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="body">Where the template itself begins.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <returns>What the head says; <see langword="null"/> where the file has none, or none that could be read.</returns>
    public static FrontMatter? Read(string text, string file, DiagnosticList diagnostics, out TextPosition body)
    {
        body = new TextPosition(0, 0, 0);
        if (!IsFence(text, 0, out int start))
            return null;
        int line = 1;
        for (int position = start; position < text.Length; line++)
        {
            bool ends = IsFence(text, position, out int next);
            if (ends)
            {
                body = new TextPosition(next, line + 1, 0);
                return Parse(text[start..position], file, diagnostics);
            }

            position = next;
        }

        diagnostics.Error(
            new SourceLocation(file, 1, 1), string.Empty,
            "what the template says of itself begins here and does not end; close it with a line ---, "
            + "or put an empty --- and --- before a template that begins with ---");
        return null;
    }

    public string? Text(ScalarKey<string> key) => TryRead(key, out string value) ? value : null;

    public T? Value<T>(ScalarKey<T> key)
        where T : struct => TryRead(key, out T value) ? value : null;

    /// <summary>Where a key stands; <see langword="null"/> where it does not.</summary>
    public SourceLocation? LocationOf(Key key) => _mapping.Find(key.Name)?.Key.Location;

    /// <summary>The lines from a key up to the next, counted from 1, the second one excluded; the next is <see langword="null"/> for the last key.</summary>
    public (int From, int? To)? LinesOf(Key key)
    {
        if (LocationOf(key) is not { } place)
            return null;
        int next = _mapping.Entries.Select(entry => entry.Key.Location.Line).Where(line => line > place.Line).DefaultIfEmpty().Min();
        return (place.Line, next == 0 ? null : next);
    }

    private static FrontMatter Parse(string yaml, string file, DiagnosticList diagnostics)
    {
        // A line break in the place of the fence: lines count from the beginning of the file.
        YamlMapping? mapping = IsEmpty(yaml) ? null : YamlTree.Parse($"\n{yaml}", file, diagnostics, "keys such as summary");
        return new FrontMatter(mapping ?? new YamlMapping(new SourceLocation(file, 1, 1), []), diagnostics);
    }

    private static bool IsEmpty(string yaml) => yaml.Split('\n').All(line => line.AsSpan().Trim() is [] or ['#', ..]);

    private static bool IsFence(string text, int start, out int next)
    {
        int end = text.IndexOf('\n', start);
        next = end < 0 ? text.Length : end + 1;
        return text.AsSpan(start..(end < 0 ? text.Length : end)).TrimEnd().SequenceEqual(Fence);
    }

    private bool TryRead<T>(ScalarKey<T> key, out T value)
    {
        value = default!;
        if (_mapping.Find(key.Name) is not { Value: not YamlUnreadable } entry)
            return false;
        if (entry.Value is not YamlScalar scalar || scalar.IsNull)
        {
            _diagnostics.Error(entry.Value.Location, key.Name, $"expected {key.Kind.Expected}, got {entry.Value.Noun}");
            return false;
        }

        if (key.Kind.TryRead(new ScalarText(key.Name, scalar.Value, scalar.IsPlain), out value))
            return true;
        _diagnostics.Error(
            scalar.Location, key.Name, $"expected {key.Kind.Expected}, got {ScalarResolver.Show(scalar, isSecret: false)}",
            NearestName.FindValue(scalar.Value, key.Kind.Choices));
        return false;
    }
}
