namespace AuditHost.Template;

/// <summary>Where the sources and the built executable lie.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the executable, of the configuration that this test was built in.</summary>
    public static string HostFolder { get; } = Path.Combine(
        Root, "artifacts", "bin", "AuditHost", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));

    public static string TemplateContent(string template) => Path.Combine(Root, "plugin-template", "content", template);

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
