using AuditHost.Journal.Storage;
using AuditHost.Lanes.Drops;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Tests.Lanes;

[Promise("G2")]
public sealed class DropLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audithost-drops-").FullName;

    [Fact]
    public void Record_survives_and_the_same_again_takes_its_place()
    {
        using (DropLog drops = Open())
        {
            Assert.True(drops.TryRecord(Drop("a", 1, 100), inevitable: true));
            Assert.True(drops.TryRecord(Drop("b", 1, 50), inevitable: true));
        }

        using (DropLog drops = Open())
        {
            // The cursor had not moved: the crash came first, and the drop is decided anew.
            Assert.True(drops.TryRecord(Drop("a", 1, 150), inevitable: true));
            Assert.True(drops.TryRecord(Drop("a", 150, 200), inevitable: true));
        }

        using DropLog again = Open();
        Assert.Equal([Drop("b", 1, 50), Drop("a", 1, 150), Drop("a", 150, 200)], again.Records);
    }

    [Fact]
    public void Retraction_takes_back_what_lies_behind_the_position_of_one_destination_and_one_kind()
    {
        using (DropLog drops = Open())
        {
            drops.TryRecord(Drop("a", 1, 100), inevitable: true);
            drops.TryRecord(Drop("a", 100, 200), inevitable: true);
            drops.TryRecord(Drop("a", 100, 200) with { Reason = DropReason.Discarded }, inevitable: true);
            drops.TryRecord(Drop("b", 100, 200), inevitable: true);
            drops.Retract(new DropRetraction("a", DropReason.Quota, 100));
        }

        using DropLog again = Open();
        Assert.Equal([Drop("a", 1, 100), Drop("a", 100, 200) with { Reason = DropReason.Discarded }, Drop("b", 100, 200)], again.Records);
    }

    [Fact]
    public void Oldest_records_go_when_the_log_has_reached_its_bound()
    {
        const int Segment = 4 << 10;
        const long Bound = 16 << 10;
        using (DropLog drops = Open(Segment, Bound))
        {
            for (ulong i = 0; i < 500; i++)
                Assert.True(drops.TryRecord(Drop("a", i * 10, (i + 1) * 10), inevitable: true));
            Assert.InRange(drops.Records.Count, 10, 400);
            Assert.Equal(4990ul, drops.Records[^1].First);
        }

        Assert.InRange(Directory.GetFiles(_folder, "*.log").Sum(file => new FileInfo(file).Length), 1, Bound + (2 * Segment));
        using DropLog again = Open(Segment, Bound);
        Assert.Equal(4990ul, again.Records[^1].First);
    }

    [Fact]
    public void Reading_changes_nothing_and_needs_no_folder()
    {
        string missing = Path.Combine(_folder, "none");

        using DropLog drops = DropLog.Open(missing, DiskStorage.Instance, TimeProvider.System, NullLogger.Instance, readOnly: true);

        Assert.Empty(drops.Records);
        Assert.False(Directory.Exists(missing));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private DropLog Open(int segmentBytes = 64 << 10, long largest = 1 << 20) =>
        DropLog.Open(_folder, DiskStorage.Instance, TimeProvider.System, NullLogger.Instance, segmentBytes: segmentBytes, largest: largest);

    private static DropRecord Drop(string destination, ulong first, ulong end) => new()
    {
        Destination = destination, Reason = DropReason.Quota, First = first, End = end, Events = end - first, Bytes = 1000, At = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero),
    };
}
