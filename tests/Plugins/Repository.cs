namespace AuditHost.Plugins.Tests;

/// <summary>The working copy that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Where <c>tests/install</c> puts a receiver.</summary>
    public static string Tool(string name) => Path.Combine(Root, "artifacts", "test-tools", name);

    private static string Find()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (System.IO.File.Exists(Path.Combine(folder, "AuditHost.sln")))
                return folder;
        }

        throw new DirectoryNotFoundException("No folder above the tests holds AuditHost.sln.");
    }
}
