namespace AuditHost.Mutations;

/// <summary>One change for the worse: a text in a source file, and what stands there instead.</summary>
/// <param name="Name">The name of its file in <c>list/</c>.</param>
/// <param name="Harm">What it breaks, in a sentence.</param>
/// <param name="Source">The file it changes, from the root of the repository.</param>
/// <param name="Original">What stands there; exactly once.</param>
/// <param name="Replacement">What stands there then.</param>
internal sealed record Mutation(string Name, string Harm, string Source, string Original, string Replacement)
{
    private const string Begin = "<<<<\n";
    private const string Between = "====\n";
    private const string End = ">>>>\n";

    /// <exception cref="FormatException">The file is not a sentence behind <c>#</c>, a path, and two texts between the marks.</exception>
    public static Mutation Read(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string text = File.ReadAllText(path);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        int between = text.IndexOf(Between, StringComparison.Ordinal);
        int end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || between < begin || end < between || text[..begin].Split('\n') is not [['#', ' ', .. var harm], var source, ""])
            throw new FormatException($"{name}: wants '# harm', a path, and {Begin.Trim()} original {Between.Trim()} replacement {End.Trim()}, each mark on a line.");
        return new Mutation(name, harm, source, text[(begin + Begin.Length)..between], text[(between + Between.Length)..end]);
    }

    /// <summary>Changes the file below a root.</summary>
    /// <exception cref="FormatException">The text does not stand there exactly once: the code has moved on, and the mutation must follow.</exception>
    public void Apply(string root)
    {
        string path = Path.Combine(root, Source);
        File.WriteAllText(path, Mutated(File.ReadAllText(path)));
    }

    public void Check(string root) => Mutated(File.ReadAllText(Path.Combine(root, Source)));

    private string Mutated(string source)
    {
        int at = source.IndexOf(Original, StringComparison.Ordinal);
        if (at < 0 || source.IndexOf(Original, at + 1, StringComparison.Ordinal) >= 0)
            throw new FormatException($"{Name}: its text does not stand exactly once in {Source}.");
        return string.Concat(source.AsSpan(0, at), Replacement, source.AsSpan(at + Original.Length));
    }
}
