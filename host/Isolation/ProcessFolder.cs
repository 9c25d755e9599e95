namespace AuditHost.Isolation;

/// <summary>A folder that a plugin's process and the host share: their socket, and the process's home and temporary files. Its owner's alone.</summary>
internal sealed class ProcessFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("audithost-process-");

    public string Path => _folder.FullName;

    public string Socket => System.IO.Path.Combine(_folder.FullName, "socket");

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Files that something of the process still writes; the temporary folder is cleaned by the machine.
        }
    }
}
