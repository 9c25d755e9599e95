namespace AuditHost.Plugins.Trust;

/// <summary>The files that a folder must consist of, and who vouches for them.</summary>
/// <param name="By">Who vouches, for listings.</param>
/// <param name="Sums">The files.</param>
/// <param name="Reference">What the folder is compared with, in a message.</param>
/// <param name="Remedy">What to do where it differs.</param>
internal sealed record TrustedFolder(string By, IReadOnlyList<FileSum> Sums, string Reference, string Remedy)
{
    private const int MostNamed = 5;

    /// <summary>Files that may be there without being listed.</summary>
    public IReadOnlyList<string> Unlisted { get; init; } = [];

    /// <summary>Compares a folder with what is expected of it.</summary>
    /// <param name="found">All of its files, as they were read.</param>
    /// <returns>The differences in words; empty where there are none.</returns>
    public IReadOnlyList<string> DifferencesTo(IReadOnlyList<FileSum> found)
    {
        var differences = new List<string>();
        Dictionary<string, string> expected = Sums.ToDictionary(sum => sum.Path, sum => sum.Sha256, StringComparer.Ordinal);
        foreach (FileSum sum in found.OrderBy(sum => sum.Path, StringComparer.Ordinal))
        {
            if (expected.Remove(sum.Path, out string? sha256))
            {
                if (sha256 != sum.Sha256)
                    differences.Add($"{sum.Path} is changed");
            }
            else if (!Unlisted.Contains(sum.Path))
            {
                differences.Add($"{sum.Path} is new");
            }
        }

        differences.AddRange(expected.Keys.Order(StringComparer.Ordinal).Select(path => $"{path} is missing"));
        return differences;
    }

    /// <exception cref="PluginRefusedException">The folder is not what is expected.</exception>
    public void Verify(IReadOnlyList<FileSum> found)
    {
        IReadOnlyList<string> differences = DifferencesTo(found);
        if (differences.Count == 0)
            return;
        string more = differences.Count > MostNamed ? $" and {differences.Count - MostNamed} more" : string.Empty;
        throw new PluginRefusedException(
            $"The folder differs from {Reference}: {string.Join(", ", differences.Take(MostNamed))}{more}. {Remedy}", PluginStatus.Untrusted);
    }
}
