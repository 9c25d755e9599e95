using Microsoft.Win32.SafeHandles;

namespace AuditHost.PluginKit.Files;

/// <summary>An open file, the identity it had when it was opened, and the length up to which it is whole.</summary>
internal sealed class OpenFile : IDisposable
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    private readonly FileStream _stream;
    private readonly FileStatus _status;
    private readonly string _path;

    private OpenFile(string path, FileStream stream, FileStatus status)
    {
        _path = path;
        _stream = stream;
        _status = status;
        Length = status.Length;
    }

    public SafeFileHandle Handle => _stream.SafeFileHandle;

    public long Length { get; set; }

    /// <summary>Opens or creates a file and the folders above it, for the owner alone, and makes the new names durable.</summary>
    public static OpenFile At(string path)
    {
        FileStatus? before = FileStatus.Of(path);

        // Opening a pipe would wait for its reader, and a device has no length.
        if (before is { IsRegular: false } && !Directory.Exists(path))
            throw new NotSupportedException($"'{path}' is not a regular file.");
        string directory = Path.GetDirectoryName(path)!;
        CreateDirectories(directory);

        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerFile;
        var stream = new FileStream(path, options);
        try
        {
            if (before is null)
                NativeFile.SyncDirectory(directory);
            return new OpenFile(path, stream, FileStatus.Of(path) ?? throw new FileNotFoundException($"'{path}' vanished as it was opened.", path));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether the path still leads to this file, and no one cut or lengthened it.</summary>
    public bool IsInPlace() => FileStatus.Of(_path) is { } now && now.IsSameFileAs(_status) && now.Length == Length;

    public void Dispose() => _stream.Dispose();

    private static void CreateDirectories(string directory)
    {
        if (Directory.Exists(directory))
            return;
        string? parent = Path.GetDirectoryName(directory);
        if (parent is not null)
            CreateDirectories(parent);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, OwnerDirectory);
        if (parent is not null)
            NativeFile.SyncDirectory(parent);
    }
}
