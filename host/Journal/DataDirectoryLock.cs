using System.Globalization;
using System.Text;
using AuditHost.Journal.Storage;
using Microsoft.Win32.SafeHandles;

namespace AuditHost.Journal;

/// <summary>Holds a data directory for this process. The kernel lets go of it when the process ends, however it ends.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private const string FileName = "LOCK";

    private readonly SafeFileHandle _handle;

    private DataDirectoryLock(SafeFileHandle handle) => _handle = handle;

    /// <exception cref="DataDirectoryInUseException">Another process, or another part of this one, has it.</exception>
    public static DataDirectoryLock Acquire(string dataDirectory)
    {
        DiskStorage.Instance.CreateDirectory(dataDirectory);
        string path = Path.Combine(dataDirectory, FileName);
        SafeFileHandle handle = Open(path, dataDirectory);
        try
        {
            if (!NativeFile.TryLock(handle, path))
                throw new DataDirectoryInUseException(dataDirectory, ReadOwner(path));
            RandomAccess.SetLength(handle, 0);
            RandomAccess.Write(handle, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n")), 0);
            return new DataDirectoryLock(handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public void Dispose() => _handle.Dispose();

    private static SafeFileHandle Open(string path, string dataDirectory)
    {
        // On Windows the mode of sharing is the lock; elsewhere it must not be one, since flock is.
        FileShare share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.ReadWrite;
        try
        {
            SafeFileHandle handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(handle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return handle;
        }
        catch (IOException) when (OperatingSystem.IsWindows() && File.Exists(path))
        {
            throw new DataDirectoryInUseException(dataDirectory, ReadOwner(path));
        }
    }

    private static string? ReadOwner(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadLine();
    }
}
