namespace AuditHost.Formatting.Library;

/// <summary>The templates that a site file may call by name: those of the site's folder, and the ready ones of the host behind them.</summary>
/// <param name="siteFolder">The site's folder; need not be there.</param>
/// <param name="readyFolder">The ready ones' folder; <see langword="null"/> for the host's own.</param>
internal sealed class TemplateLibrary(string siteFolder, string? readyFolder = null)
{
    public const string Extension = ".sbn";

    private readonly Lazy<IReadOnlyList<TemplateEntry>> _entries = new(() => Read(siteFolder, readyFolder ?? ReadyFolder));

    /// <summary>The ready templates lie beside the executable.</summary>
    public static string ReadyFolder { get; } = Path.Combine(AppContext.BaseDirectory, "templates");

    public string SiteFolder => siteFolder;

    /// <summary>By name, the site's first. A ready one that the site has its own of is not among them.</summary>
    public IReadOnlyList<TemplateEntry> Entries => _entries.Value;

    public IEnumerable<string> Names => Entries.Select(entry => entry.Name);

    public TemplateEntry? Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name);

    private static List<TemplateEntry> Read(string siteFolder, string readyFolder)
    {
        List<TemplateEntry> own = ReadFolder(siteFolder, isReady: false);
        HashSet<string> taken = [.. own.Select(entry => entry.Name)];
        own.AddRange(ReadFolder(readyFolder, isReady: true).Where(entry => !taken.Contains(entry.Name)));
        return own;
    }

    private static List<TemplateEntry> ReadFolder(string folder, bool isReady)
    {
        if (!Directory.Exists(folder))
            return [];
        List<TemplateEntry> entries =
        [
            .. Directory.EnumerateFiles(folder, $"*{Extension}")
                .Where(path => !Path.GetFileName(path).StartsWith('.')) // What editors leave beside a file that is open.
                .Order(StringComparer.Ordinal)
                .Select(path => ReadFile(path, isReady)),
        ];
        foreach (IGrouping<string, TemplateEntry> same in entries.GroupBy(entry => entry.Name).Where(group => group.Count() > 1).ToArray())
        {
            string problem = $"{string.Join(" and ", same.Select(entry => Path.GetFileName(entry.Path)))} have the same name '{same.Key}'; change one of them";
            entries = [.. entries.Select(entry => entry.Name == same.Key ? entry with { Problem = problem } : entry)];
        }

        return [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    private static TemplateEntry ReadFile(string path, bool isReady)
    {
        try
        {
            var file = TemplateFile.Read(path);
            string? problem = TemplateName.IsSound(file.Name)
                ? null
                : $"'{file.Name}' is no name for a template; write {TemplateName.Kind.Expected} as name, at its head";
            return new TemplateEntry(file.Name, path, isReady, file, problem);
        }
        catch (Exception exception) when (exception is TemplateException or IOException or UnauthorizedAccessException)
        {
            return new TemplateEntry(Path.GetFileNameWithoutExtension(path), path, isReady, null, exception.Message);
        }
    }
}
