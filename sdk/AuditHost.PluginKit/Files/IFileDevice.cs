using Microsoft.Win32.SafeHandles;

namespace AuditHost.PluginKit.Files;

/// <summary>The two calls that can tear a file; tests make them fail.</summary>
internal interface IFileDevice
{
    void Write(SafeFileHandle file, ReadOnlySpan<byte> block, long offset);

    void Sync(SafeFileHandle file);
}
