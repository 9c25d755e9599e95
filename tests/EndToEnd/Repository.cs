namespace AuditHost.EndToEnd;

/// <summary>Where the sources and the built executable lie.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The executable of the configuration that this test was built in.</summary>
    public static string Executable { get; } = Path.Combine(
        Root, "artifacts", "bin", "AuditHost", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "audithost");

    /// <summary>The folder of a plugin that is built for tests alone, or of its next version.</summary>
    public static string TestPlugin(string name, bool next = false) => Path.Combine(
        Root, "artifacts", "test-plugins", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)) + (next ? "-next" : string.Empty), name);

    public static string Samples { get; } = Path.Combine(Root, "host", "samples");

    /// <summary>The samples without what a run of them in place leaves behind.</summary>
    public static IEnumerable<string> SampleFiles() =>
        Directory.EnumerateFiles(Samples, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(Samples, file).Split(Path.DirectorySeparatorChar)[0] is not ("data" or "out"));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AuditHost.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has AuditHost.sln.");
    }
}
