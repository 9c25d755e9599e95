using AuditHost.Faults.Model;
using AuditHost.Journal.Records;

namespace AuditHost.Faults.Damage;

/// <summary>
/// Each bit of a whole data directory, one at a time. What a flip may cost follows from what it hits: a record costs itself; a header, a
/// trailer or a slot costs nothing but a report, or a cursor's last steps.
/// </summary>
[Promise("G2", "G11", "G18")]
public sealed class BitFlipTests
{
    private const int DirectoryBytes = 16 << 10;
    private const int Segments = 2;
    private const ulong Seed = 2;

    /// <summary>How often the whole journal is started beside its log alone; prime to the bits of a byte.</summary>
    private const int JournalEach = 67;

    private static readonly SampleDirectory Sample = SampleDirectory.OfSize(DirectoryBytes, Segments, Seed);

    [Fact]
    public void Flipped_bit_costs_what_it_hits_and_nothing_else()
    {
        Assert.Equal(DirectoryBytes, Sample.Files.Values.Sum(file => file.Length));
        (string Path, int Offset)[] places =
            [.. Sample.Files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => Enumerable.Range(0, file.Value.Length).Select(offset => (file.Key, offset)))];
        long openings = 0;
        TimeSpan duration = Cases.Run(places.Length * 8, () => new DirectoryCheck(Sample), (check, number) =>
        {
            (string path, int offset) = places[number / 8];
            MemoryStorage disk = Sample.Disk();
            byte[] flipped = [.. Sample.Files[path]];
            flipped[offset] ^= (byte)(1 << (number % 8));
            disk.Put(path, flipped);
            try
            {
                if (number % JournalEach == 0)
                    RunJournal(disk.Copy(), path, offset);
                Run(check, disk, path, offset);
            }
            catch (ModelViolationException exception)
            {
                throw new ModelViolationException($"{path}, byte {offset}, bit {number % 8}: {exception.Message}", exception);
            }
        }, check => openings += check.Openings);
        Figures.Record("single flipped bits of a data directory", places.Length * 8L, duration, detail: $"{DirectoryBytes} bytes in {Sample.Files.Count} files; {openings} recoveries, {openings / duration.TotalSeconds:F0} a second");
    }

    private static void RunJournal(MemoryStorage disk, string path, int offset)
    {
        bool inJournal = Sample.Segments.Contains(path);
        ulong hit = inJournal ? Sample.Maps[path].SequenceOf(offset) : 0;
        JournalCheck.Run(disk, Sample.Events, new Expectation(Sample.Events.Next, sequence => sequence != hit, inJournal));
    }

    private static void Run(DirectoryCheck check, MemoryStorage disk, string path, int offset)
    {
        if (Sample.Maps.TryGetValue(path, out SegmentMap? map))
        {
            ulong hit = map.SequenceOf(offset);
            if (path == Sample.LetterSegment)
                check.Letters.Run(disk, new Expectation(Sample.LetterEntries.Next, id => id != hit, true));
            else
                check.Log.Run(disk, new Expectation(Sample.Events.Next, sequence => sequence != hit, true));
            return;
        }

        // One slot of two: a torn write looks like this too, so there is nothing to report.
        if (path.StartsWith(SampleDirectory.Letters, StringComparison.Ordinal))
            check.Letters.Run(disk, new Expectation(Sample.LetterEntries.Next, _ => true, false));
        else
            check.Log.Run(disk, new Expectation(Sample.Events.Next, _ => true, false));
        check.Cursors(disk, path, offset / TwoSlotFile.SlotSize);
    }
}
