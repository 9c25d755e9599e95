using System.Runtime.CompilerServices;
using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Journal.Storage;
using AuditHost.Tests.Delivery;

namespace AuditHost.Tests.Journal;

/// <summary>
/// A data directory as a version of the host left it, kept in the repository. Every later version must read it; a version that writes
/// another format adds a folder of its own and leaves the others alone.
/// </summary>
internal sealed class GoldenDirectory : IDisposable
{
    public const int Events = 120;
    public const int PassedByLane = 70;

    private GoldenDirectory(string copy) => Path = copy;

    public static IEnumerable<string> Versions => Directory.GetDirectories(Home()).Select(folder => System.IO.Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    public string Path { get; }

    public string Journal => System.IO.Path.Combine(Path, "journal");

    public string DeadLetters => System.IO.Path.Combine(Path, "dead-letters");

    public static JournalOptions Options { get; } = new() { ReserveBytes = 0, SegmentBytes = 8192, MaxBytes = 1 << 20 };

    public static CursorState Lane { get; } = new(1, PassedByLane + 1, 40, 27, 2, 1);

    /// <summary>A copy that a test may write to.</summary>
    public static GoldenDirectory CopyOf(string version)
    {
        string copy = Directory.CreateTempSubdirectory("audithost-golden-").FullName;
        string source = System.IO.Path.Combine(Home(), version);
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = System.IO.Path.Combine(copy, System.IO.Path.GetRelativePath(source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return new GoldenDirectory(copy);
    }

    /// <summary>An event of the directory; each third came without an id.</summary>
    public static string Json(int number) => number % 3 == 0
        ? $$"""{"event_type":"Test","n":{{number}}}"""
        : $$"""{"event_id":"golden-{{number}}","event_type":"Test","severity":"High","text":"é \"quoted\" {{new string('x', number)}}"}""";

    /// <summary>Where the folder of a version that comes after all others belongs.</summary>
    public static string NextVersion() => System.IO.Path.Combine(Home(), $"{Versions.Count() + 1}");

    /// <summary>Writes a directory in the format of the host as it is now.</summary>
    public static async Task WriteAsync(string folder)
    {
        // A time in JSON is as long as its last digit that is not 0 says; the sizes of the files must not depend on the moment.
        var time = new ManualTimeProvider();
        time.Advance(TimeSpan.FromTicks(1));
        string journalFolder = System.IO.Path.Combine(folder, "journal");
        await using (EventJournal journal = EventJournal.Open(journalFolder, Options, time))
        {
            Cursor lane = journal.OpenCursor("lane");
            journal.OpenCursor("idle");
            for (int first = 1; first <= Events; first += 10)
            {
                var batch = new IntakeBatch();
                for (int number = first; number < first + 10; number++)
                {
                    byte[] json = Encoding.UTF8.GetBytes(Json(number));
                    Assert.True(EventParser.TryParse(json, out EventIndex index, out _));
                    batch.Add(json, index);
                }

                await journal.AppendAsync(batch, TestContext.Current.CancellationToken);
            }

            lane.Write(Lane);
        }

        using var letters = DeadLetterStore.Open(System.IO.Path.Combine(folder, "dead-letters"), DiskStorage.Instance, time);
        await letters.AddAsync([Letters.Of("lane", 3), Letters.Of("lane", 5, Encoding.UTF8.GetBytes(Json(5)))], TestContext.Current.CancellationToken);
        await letters.AddAsync([Letters.Of("lane", 9, assignedId: Guid.Empty)], TestContext.Current.CancellationToken);
        await letters.ResolveAsync([2], DeadLetterOutcome.Discarded, null, TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Home([CallerFilePath] string file = "") => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, "Golden");
}
