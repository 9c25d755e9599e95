using AuditHost.PluginKit.Files;
using Microsoft.Win32.SafeHandles;

namespace AuditHost.Plugins.Tests.Files;

/// <summary>A disk that fails on demand: in the middle of a write, or at the sync after it.</summary>
internal sealed class FaultyDevice : IFileDevice
{
    private const int InputOutput = 5;
    private const int NoSpace = 28;

    private readonly DiskDevice _disk = new();

    public int? FullAfter { get; set; }

    public bool SyncFails { get; set; }

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> block, long offset)
    {
        if (FullAfter is not { } bytes)
        {
            _disk.Write(file, block, offset);
            return;
        }

        _disk.Write(file, block[..bytes], offset);
        throw new IOException("No space left on device", NoSpace);
    }

    public void Sync(SafeFileHandle file)
    {
        if (SyncFails)
            throw new IOException("Input/output error", InputOutput);
        _disk.Sync(file);
    }
}
