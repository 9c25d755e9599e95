namespace AuditHost.Journal.Storage;

/// <summary>The machine's own file system.</summary>
internal sealed class DiskStorage : IJournalStorage
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static DiskStorage Instance { get; } = new();

    public void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
            return;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } parent)
            SyncDirectory(parent);
    }

    public IReadOnlyList<StoredFile> List(string directory) =>
        Directory.Exists(directory)
            ? [.. new DirectoryInfo(directory).EnumerateFiles().Select(file => new StoredFile(file.Name, file.Length))]
            : [];

    public IJournalFile Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;

        // Only a stream can be given a mode at creation; it is closed at once and the plain handle opened.
        new FileStream(path, options).Dispose();
        return Open(path, writable: true);
    }

    public IJournalFile Open(string path, bool writable)
    {
        FileAccess access = writable ? FileAccess.ReadWrite : FileAccess.Read;
        return new DiskFile(path, File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete));
    }

    /// <summary>Opens a file for reading and writing, creating it where it is missing.</summary>
    public IJournalFile OpenOrCreate(string path)
    {
        if (File.Exists(path))
            return Open(path, writable: true);
        IJournalFile file = Create(path);
        SyncDirectory(Path.GetDirectoryName(path)!);
        return file;
    }

    /// <summary>Replaces a file's content so that after a crash there is the old one or the new one.</summary>
    public void Replace(string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + ".new";
        Delete(temporary);
        using (IJournalFile file = Create(temporary))
        {
            file.Write(content, 0);
            file.Sync();
        }

        File.Move(temporary, path, overwrite: true);
        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    public void Delete(string path) => File.Delete(path);

    public void SyncDirectory(string path) => NativeFile.SyncDirectory(path);

    public VolumeSpace SpaceOf(string directory)
    {
        var drive = new DriveInfo(Path.GetFullPath(directory));
        return new VolumeSpace(drive.TotalSize, drive.AvailableFreeSpace);
    }
}
