using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AuditHost.PluginKit.Files;

/// <summary>
/// The system calls that .NET hides or lacks: on Linux its own flush swallows the error of a failing fsync, it cannot sync a
/// directory, and it does not tell the identity of a file.
/// </summary>
internal static class NativeFile
{
    private const int InvalidArgument = 22;
    private const int CloseOnExec = 0x80000;
    private const int WriteAndSearch = 3;
    private const int CurrentDirectory = -100;
    private const uint BasicStatus = 0x7ff;
    private const int StatusSize = 256;

    /// <summary>Makes the written bytes and the length durable. A failed sync must not be repeated: the pages may be gone.</summary>
    public static void SyncData(SafeFileHandle file)
    {
        bool done = OperatingSystem.IsWindows() ? FlushFileBuffers(file)
            : (OperatingSystem.IsLinux() ? fdatasync(file) : fsync(file)) == 0;
        if (!done)
            throw LastError("The file could not be synced");
    }

    /// <summary>Makes created and renamed names durable. Windows has no such call and needs none.</summary>
    public static void SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        int descriptor = open(path, OperatingSystem.IsLinux() ? CloseOnExec : 0);
        if (descriptor < 0)
            throw LastError($"The folder '{path}' could not be opened for syncing");
        using var directory = new SafeFileHandle(descriptor, ownsHandle: true);

        // Some network file systems cannot sync a directory and say so with EINVAL.
        if (fsync(directory) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
            throw LastError($"The folder '{path}' could not be synced");
    }

    /// <summary>Device, inode, mode and length of what a path leads to, as a <c>struct statx</c>; Linux only.</summary>
    public static bool TryReadStatus(string path, out FileStatus status)
    {
        byte[] buffer = new byte[StatusSize];
        bool found = statx(CurrentDirectory, path, 0, BasicStatus, buffer) == 0;
        status = found ? FileStatus.Read(buffer) : default;
        return found;
    }

    /// <summary>Whether this process may create files in a folder.</summary>
    public static bool MayCreateIn(string directory) => OperatingSystem.IsWindows() || access(directory, WriteAndSearch) == 0;

    private static IOException LastError(string what)
    {
        int error = Marshal.GetLastPInvokeError();
        int code = OperatingSystem.IsWindows() ? Marshal.GetHRForLastWin32Error() : error;
        return new IOException($"{what}: {Marshal.GetPInvokeErrorMessage(error)}", code);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int fdatasync(SafeFileHandle file);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(SafeFileHandle file);

    [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);

    [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int statx(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] status);

    [DllImport("kernel32", SetLastError = true)]
    private static extern bool FlushFileBuffers(SafeFileHandle file);
}
