namespace AuditHost.PluginKit.Files;

/// <summary>Checks without a trace that a file could be written.</summary>
internal static class FileProbe
{
    public static void Check(string path)
    {
        if (FileStatus.Of(path) is { } status)
        {
            if (!status.IsRegular && !Directory.Exists(path))
                throw new NotSupportedException($"'{path}' is not a regular file.");
            File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete).Dispose();
            return;
        }

        string directory = Path.GetDirectoryName(path)!;
        while (!Path.Exists(directory) && Path.GetDirectoryName(directory) is { } parent)
            directory = parent;
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"'{path}' cannot be created: '{directory}' is not a folder.");
        if (!NativeFile.MayCreateIn(directory))
            throw new UnauthorizedAccessException($"'{path}' cannot be created: no permission in '{directory}'.");
    }
}
