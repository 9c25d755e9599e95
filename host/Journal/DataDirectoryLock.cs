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
                throw new DataDirectoryInUseException(dataDirectory, ReadOwner(handle));
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
        if (OperatingSystem.IsWindows())
            return OpenOnWindows(path, dataDirectory);
        if (!File.Exists(path))
            DiskStorage.Instance.Create(path).Dispose();
        return NativeFile.OpenUnlocked(path, writable: true);
    }

    /// <summary>There the mode of sharing is the lock.</summary>
    private static SafeFileHandle OpenOnWindows(string path, string dataDirectory)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        }
        catch (IOException) when (File.Exists(path))
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            throw new DataDirectoryInUseException(dataDirectory, reader.ReadLine());
        }
    }

    private static string? ReadOwner(SafeFileHandle handle)
    {
        Span<byte> text = stackalloc byte[32];
        string owner = Encoding.ASCII.GetString(text[..RandomAccess.Read(handle, text, 0)]).Trim();
        return owner.Length > 0 ? owner : null;
    }
}
