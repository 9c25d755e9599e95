using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AuditHost.Intake.Files;

/// <summary>What .NET does not offer: a file's identity, and an fsync whose failure is seen.</summary>
internal static partial class PosixFile
{
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicAndBirth = 0xFFF;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The identity of a regular file; <see langword="null"/> where there is none at the path.</summary>
    public static FileStatus? TryGetStatus(string path) => TryGetStatus(CurrentFolder, path, 0);

    public static FileStatus? TryGetStatus(SafeFileHandle file) => TryGetStatus((int)file.DangerousGetHandle(), "", EmptyPath);

    public static void CreatePrivateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            throw NotOnWindows();
        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Opens a file for reading and writing, creating it for the owner alone.</summary>
    public static SafeFileHandle OpenPrivate(string path)
    {
        if (OperatingSystem.IsWindows())
            throw NotOnWindows();
        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            BufferSize = 0,
            UnixCreateMode = OwnerOnly,
        }).SafeFileHandle;
    }

    public static void Sync(SafeFileHandle file)
    {
        if (Fsync(file) != 0)
            throw new IOException($"fsync failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Makes names created or replaced in a folder durable.</summary>
    public static void SyncDirectory(string path)
    {
        using SafeFileHandle folder = OpenForReading(path, 0);
        if (folder.IsInvalid)
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        Sync(folder);
    }

    /// <summary>Replaces a file's content so that after a crash there is the old one or the new one.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + ".new";
        using (SafeFileHandle file = OpenPrivate(temporary))
        {
            RandomAccess.SetLength(file, 0);
            RandomAccess.Write(file, content, 0);
            Sync(file);
        }

        File.Move(temporary, path, overwrite: true);
        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    private static PlatformNotSupportedException NotOnWindows() => new("File sources and rejected input need a POSIX system.");

    private static FileStatus? TryGetStatus(int folder, string path, int flags)
    {
        // The one stat whose layout is the same on every processor.
        if (Statx(folder, path, flags, BasicAndBirth, out StatxBuffer status) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            const int NotFound = 2;
            const int NotAllowed = 13;
            const int NotAFolder = 20;
            return error is NotFound or NotAllowed or NotAFolder ? null : throw new IOException($"{path}: {new Win32Exception(error).Message}");
        }

        if ((status.Mode & TypeMask) != RegularFile)
            return null;
        ulong device = ((ulong)status.DeviceMajor << 32) | status.DeviceMinor;
        return new FileStatus(device, status.Inode, (status.BornSeconds * 1_000_000_000) + status.BornNanoseconds);
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, out StatxBuffer status);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenForReading(string path, int flags);

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
}
