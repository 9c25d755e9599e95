using System.Runtime.InteropServices;

namespace AuditHost.PluginKit.Files;

/// <summary>Which file a path leads to at this moment, and how long it is.</summary>
internal readonly record struct FileStatus(ulong Device, ulong Inode, bool IsRegular, long Length)
{
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;

    /// <summary>The status of what the path leads to, or <see langword="null"/> where there is nothing.</summary>
    public static FileStatus? Of(string path)
    {
        if (OperatingSystem.IsLinux())
            return NativeFile.TryReadStatus(path, out FileStatus status) ? status : null;

        // Elsewhere the time of creation stands in for the identity: a new file in the old one's place has another.
        var file = new FileInfo(path);
        return file.Exists ? new FileStatus(0, (ulong)file.CreationTimeUtc.Ticks, IsRegular: true, file.Length) : null;
    }

    public bool IsSameFileAs(FileStatus other) => Device == other.Device && Inode == other.Inode;

    /// <summary>Reads the kernel's <c>struct statx</c>, whose layout is the same on every architecture.</summary>
    internal static FileStatus Read(ReadOnlySpan<byte> statx)
    {
        ushort mode = MemoryMarshal.Read<ushort>(statx[28..]);
        ulong major = MemoryMarshal.Read<uint>(statx[136..]);
        ulong minor = MemoryMarshal.Read<uint>(statx[140..]);
        return new FileStatus(
            (major << 32) | minor,
            MemoryMarshal.Read<ulong>(statx[32..]),
            (mode & TypeMask) == RegularFile,
            MemoryMarshal.Read<long>(statx[40..]));
    }
}
