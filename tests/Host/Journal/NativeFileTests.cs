using AuditHost.Journal.Storage;

namespace AuditHost.Tests.Journal;

[Promise("G1")]
public sealed class NativeFileTests
{
    [Fact]
    public void Failing_sync_is_an_exception_and_not_a_success()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A device that refuses to be synced is at hand on Linux only.");
        using Microsoft.Win32.SafeHandles.SafeFileHandle handle = NativeFile.OpenUnlocked("/dev/null", writable: true);

        var failure = Assert.Throws<IOException>(() => NativeFile.SyncData(handle, "/dev/null"));

        Assert.Contains("/dev/null", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_folder_cannot_be_synced() =>
        Assert.Throws<IOException>(() => NativeFile.SyncDirectory(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString())));
}
