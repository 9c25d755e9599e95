using System.IO.Enumeration;

namespace AuditHost.Intake.Files;

/// <summary>An absolute path whose folders and file name may have <c>*</c> and <c>?</c>; <c>**</c> stands for any folders, or none.</summary>
internal sealed class FilePattern
{
    private static readonly EnumerationOptions Plain = new() { IgnoreInaccessible = true, AttributesToSkip = 0 };

    private readonly string[] _segments;

    public FilePattern(string path)
    {
        string full = Path.GetFullPath(path);
        string root = Path.GetPathRoot(full)!;
        string[] all = full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        int literal = Array.FindIndex(all, HasWildcard);
        if (literal < 0)
            literal = all.Length - 1;
        Root = Path.Combine([root, .. all[..literal]]);
        _segments = all[literal..];
    }

    /// <summary>The folder below which all matches lie.</summary>
    public string Root { get; }

    /// <summary>Whether matches may lie deeper than in the root itself.</summary>
    public bool IsRecursive => _segments.Length > 1;

    /// <summary>The files there are now, by path.</summary>
    public IEnumerable<string> Enumerate() => Enumerate(Root, 0).Distinct().Order(StringComparer.Ordinal);

    private static bool HasWildcard(string segment) => segment.AsSpan().ContainsAny('*', '?');

    private static bool Matches(string pattern, string path) =>
        FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path.AsSpan()), ignoreCase: false);

    private IEnumerable<string> Enumerate(string folder, int depth)
    {
        string segment = _segments[depth];
        if (!Directory.Exists(folder))
            return [];
        if (depth == _segments.Length - 1)
            return Directory.EnumerateFiles(folder, "*", Plain).Where(file => Matches(segment, file));
        IEnumerable<string> folders = Directory.EnumerateDirectories(folder, "*", Plain);
        return segment == "**"
            ? Enumerate(folder, depth + 1).Concat(folders.Where(IsNoLink).SelectMany(inner => Enumerate(inner, depth)))
            : folders.Where(inner => Matches(segment, inner)).SelectMany(inner => Enumerate(inner, depth + 1));
    }

    /// <summary>A link to a folder above would make the search endless.</summary>
    private static bool IsNoLink(string folder) => new DirectoryInfo(folder).LinkTarget is null;
}
