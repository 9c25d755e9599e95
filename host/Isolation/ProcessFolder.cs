namespace AuditHost.Isolation;

/// <summary>A folder that a plugin's process and the host share: their socket, and the process's home and temporary files. Its owner's alone.</summary>
internal sealed class ProcessFolder : IDisposable
{
    private const string Prefix = "audithost-process-";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory(Prefix);

    public string Path => _folder.FullName;

    public string Socket => System.IO.Path.Combine(_folder.FullName, "socket");

    /// <summary>Removes the folder of a socket, for a process whose host is gone and cannot do so.</summary>
    public static void RemoveOf(string socket)
    {
        if (System.IO.Path.GetDirectoryName(socket) is { } folder && System.IO.Path.GetFileName(folder).StartsWith(Prefix, StringComparison.Ordinal))
            Remove(new DirectoryInfo(folder));
    }

    public void Dispose() => Remove(_folder);

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Files that something of the process still writes; the temporary folder is cleaned by the machine.
        }
    }
}
