namespace AuditHost.Sdk.Testing;

/// <summary>A temporary folder, for connectors that write files.</summary>
/// <param name="settings">The settings that make the connector write into the folder whose path is given.</param>
public sealed class FolderDestination(Func<string, string> settings) : TestDestination
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("audithost-kit-");

    /// <summary>The folder.</summary>
    public string Folder => _folder.FullName;

    /// <inheritdoc/>
    public override string Settings => settings(Folder);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Arrived =>
        [.. _folder.EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal).Select(file => Read(file.FullName))];

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return default;
    }

    private static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
