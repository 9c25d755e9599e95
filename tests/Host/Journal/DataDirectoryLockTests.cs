using System.Globalization;
using AuditHost.Journal;

namespace AuditHost.Tests.Journal;

[Promise("G16")]
public sealed class DataDirectoryLockTests
{
    [Fact]
    public void Second_host_on_a_data_directory_is_told_who_has_it()
    {
        using var folder = new JournalFolder();
        string data = Path.Combine(folder.Path, "data");
        DataDirectoryLock first = DataDirectoryLock.Acquire(data);

        var refusal = Assert.Throws<DataDirectoryInUseException>(() => DataDirectoryLock.Acquire(data));
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"data directory {data} is in use by process {Environment.ProcessId}"), refusal.Message);

        first.Dispose();
        DataDirectoryLock.Acquire(data).Dispose();
    }
}
