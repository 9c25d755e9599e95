using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AuditHost.Journal.Storage;

/// <summary>
/// The calls the base library lacks or gets wrong. Its own flush to disk hides a failing fsync on Linux: the native shim tests the
/// result of a comparison instead of the result of the call, so an I/O error looks like success.
/// </summary>
internal static partial class NativeFile
{
    private const int KeepSize = 1;
    private const int ReadWrite = 2;
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int FullSyncOfMac = 51;
    private const int CloseOnExecOfLinux = 0x80000;
    private const int CloseOnExecOfMac = 0x1000000;

    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicAndBirth = 0xFFF;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;

    private const int ErrorNotFound = 2;
    private const int ErrorInterrupted = 4;
    private const int ErrorNotAllowed = 13;
    private const int ErrorNotAFolder = 20;
    private const int ErrorNoSpace = 28;
    private const int ErrorQuotaOfLinux = 122;
    private const int ErrorQuotaOfMac = 69;
    private const int ErrorNotSupportedOfLinux = 95;
    private const int ErrorNotImplementedOfLinux = 38;
    private const int ErrorInvalid = 22;
    private const int ErrorWouldBlockOfLinux = 11;
    private const int ErrorWouldBlockOfMac = 35;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>Whether an error says that the volume, or the owner's share of it, is used up.</summary>
    public static bool IsDiskFull(IOException exception) => exception.HResult switch
    {
        WindowsDiskFull or WindowsHandleDiskFull => true,
        ErrorNoSpace => true,
        ErrorQuotaOfLinux => OperatingSystem.IsLinux(),
        ErrorQuotaOfMac => OperatingSystem.IsMacOS(),
        _ => false,
    };

    /// <summary>Makes a file's content durable.</summary>
    public static void SyncData(SafeFileHandle handle, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            if (!FlushFileBuffers(handle))
                throw Failure("sync", path);
            return;
        }

        int result;
        do
            result = OperatingSystem.IsMacOS() ? FileControl(handle, FullSyncOfMac) : DataSync(handle);
        while (IsInterrupted(result));
        if (result != 0)
            throw Failure("sync", path);
    }

    /// <summary>Makes the entries of a folder durable. Windows keeps them in its own log.</summary>
    public static void SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        using SafeFileHandle handle = OpenUnlocked(path, writable: false);
        int result;
        do
            result = FileSync(handle);
        while (IsInterrupted(result));
        if (result != 0)
            throw Failure("sync", path);
    }

    /// <summary>Sets blocks aside beyond a file's end, so that filling a segment does not run out of space half-way.</summary>
    public static void Reserve(SafeFileHandle handle, string path, long length)
    {
        if (!OperatingSystem.IsLinux())
            return;
        int result;
        do
            result = Allocate(handle, KeepSize, 0, length);
        while (IsInterrupted(result));
        if (result == 0 || Marshal.GetLastPInvokeError() is ErrorNotSupportedOfLinux or ErrorNotImplementedOfLinux or ErrorInvalid)
            return;
        throw Failure("reserve space for", path);
    }

    /// <summary>Opens what exists, a file or a folder, without the advisory lock that the base library puts on every file it opens. Not on Windows.</summary>
    public static SafeFileHandle OpenUnlocked(string path, bool writable)
    {
        int flags = (OperatingSystem.IsMacOS() ? CloseOnExecOfMac : CloseOnExecOfLinux) | (writable ? ReadWrite : 0);
        int descriptor;
        do
            descriptor = OpenPath(path, flags);
        while (IsInterrupted(descriptor));
        if (descriptor < 0)
            throw Failure("open", path);
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Takes the lock of a file for as long as the handle is open.</summary>
    /// <returns><see langword="false"/> where another process has it.</returns>
    public static bool TryLock(SafeFileHandle handle, string path)
    {
        if (OperatingSystem.IsWindows())
            return true;
        int result;
        do
            result = Lock(handle, LockExclusive | LockNonBlocking);
        while (IsInterrupted(result));
        if (result == 0)
            return true;
        if (Marshal.GetLastPInvokeError() is ErrorWouldBlockOfLinux or ErrorWouldBlockOfMac)
            return false;
        throw Failure("lock", path);
    }

    /// <summary>The identity of a regular file; <see langword="null"/> where there is none at the path, or none that may be seen.</summary>
    public static FileIdentity? TryGetIdentity(string path)
    {
        if (!OperatingSystem.IsWindows())
            return TryGetStatus(CurrentFolder, path, 0);
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return TryGetIdentity(handle);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="TryGetIdentity(string)"/>
    public static FileIdentity? TryGetIdentity(SafeFileHandle file)
    {
        if (!OperatingSystem.IsWindows())
            return TryGetStatus((int)file.DangerousGetHandle(), string.Empty, EmptyPath);
        return GetFileInformation(file, out WindowsFileInformation information)
            ? new FileIdentity(information.VolumeSerial, ((ulong)information.IndexHigh << 32) | information.IndexLow, information.Created)
            : throw Failure("look at", "a followed file");
    }

    private static FileIdentity? TryGetStatus(int folder, string path, int flags)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("Files can be followed on Linux and Windows only.");

        // The one stat whose layout is the same on every processor.
        if (Statx(folder, path, flags, BasicAndBirth, out StatxBuffer status) != 0)
            return Marshal.GetLastPInvokeError() is ErrorNotFound or ErrorNotAllowed or ErrorNotAFolder ? null : throw Failure("look at", path);
        if ((status.Mode & TypeMask) != RegularFile)
            return null;
        ulong device = ((ulong)status.DeviceMajor << 32) | status.DeviceMinor;
        return new FileIdentity(device, status.Inode, (status.BornSeconds * 1_000_000_000) + status.BornNanoseconds);
    }

    /// <summary>Whether a signal ended a call before it did anything; then it is made again. The base library's own calls do the same.</summary>
    private static bool IsInterrupted(int result) => result < 0 && Marshal.GetLastPInvokeError() == ErrorInterrupted;

    private static IOException Failure(string action, string path)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"Cannot {action} '{path}': {Marshal.GetPInvokeErrorMessage(error)} (error {error}).", error);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FileSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(SafeFileHandle file, int command);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenPath(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int Allocate(SafeFileHandle file, int mode, long offset, long length);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("kernel32", EntryPoint = "FlushFileBuffers", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool FlushFileBuffers(SafeFileHandle file);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandle", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformation(SafeFileHandle file, out WindowsFileInformation information);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, out StatxBuffer status);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxBuffer
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(80)]
        public long BornSeconds;

        [FieldOffset(88)]
        public uint BornNanoseconds;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }

    [StructLayout(LayoutKind.Explicit, Size = 52)]
    private struct WindowsFileInformation
    {
        [FieldOffset(4)]
        public long Created;

        [FieldOffset(28)]
        public uint VolumeSerial;

        [FieldOffset(44)]
        public uint IndexHigh;

        [FieldOffset(48)]
        public uint IndexLow;
    }
}
