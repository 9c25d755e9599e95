using Microsoft.Win32.SafeHandles;

namespace AuditHost.PluginKit.Files;

internal sealed class DiskDevice : IFileDevice
{
    public void Write(SafeFileHandle file, ReadOnlySpan<byte> block, long offset) => RandomAccess.Write(file, block, offset);

    public void Sync(SafeFileHandle file) => NativeFile.SyncData(file);
}
