using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes;

[Promise("G2")]
public sealed class LaneBooksTests
{
    private const int Accepted = 300;
    private const ulong Held = 200;

    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<CursorState> _seen = [];

    [Theory]
    [InlineData("oldest")]
    [InlineData("middle")]
    [InlineData("newest")]
    public async Task Every_accepted_event_stands_on_one_page_of_the_books_at_any_time(string lost)
    {
        using var folder = new JournalFolder { Options = new() { ReserveBytes = 0, SegmentBytes = 64 << 10, TailBytes = 1 } };
        await AcceptAsync(folder);
        Damage(folder, lost);
        await using EventJournal journal = folder.Open();
        ulong[] left = [.. JournalFolder.ReadAll(journal.TryRead).Keys];
        LaneFixture? lane = null;
        var connector = new ScriptedConnector(async (batch, token) =>
        {
            _seen.Add(lane!.Lane.Books);
            if (batch[batch.Count - 1].Event.Sequence >= Held)
            {
                _held.TrySetResult();
                await _gate.Task.WaitAsync(token);
            }

            return DeliveryResult.Partial([.. Enumerable.Range(0, batch.Count).Where(index => IsRefused(batch[index].Event.Sequence))
                .Select(index => new EventFailure(index, FailureKind.Rejected, "no"))]);
        });
        await using LaneFixture created = lane = new LaneFixture(journal, connector, batch: 10, filters: new FilterOptions.EventTypes(["Wanted"]));
        lane.Start();
        await _held.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);

        CursorState half = lane.Lane.Books;
        Assert.All([half.Delivered, half.Filtered, half.DeadLettered, half.Dropped, lane.Lane.Buffered], page => Assert.NotEqual(0ul, page));
        Assert.Equal((ulong)Accepted, half.Delivered + half.Filtered + half.DeadLettered + half.Dropped + lane.Lane.Buffered);
        _gate.SetResult();
        Assert.True(await lane.LevelAsync(Accepted + 1));

        ulong[] wanted = [.. left.Where(IsWanted)];
        ulong refused = (ulong)wanted.Count(IsRefused);
        Assert.Equal(
            new CursorState(1, Accepted + 1, (ulong)wanted.Length - refused, (ulong)(left.Length - wanted.Length), refused, (ulong)(Accepted - left.Length)),
            lane.Lane.Books);
        Assert.Equal(0ul, lane.Lane.Buffered);
        Assert.Equal(wanted.Where(IsRefused), lane.Letters.Letters.Select(letter => letter.Sequence));
        Assert.Equal(wanted.Select(sequence => $"e-{sequence}"), connector.Calls.SelectMany(call => call.Split(' ')));
        Assert.All(_seen, books => Assert.Equal(books.Position - books.Origin, books.Delivered + books.Filtered + books.DeadLettered + books.Dropped));
    }

    private static bool IsWanted(ulong sequence) => sequence % 3 != 0;

    private static bool IsRefused(ulong sequence) => sequence % 10 == 1;

    /// <summary>Events in several segments, none of them settled by the destination.</summary>
    private static async Task AcceptAsync(JournalFolder folder)
    {
        await using EventJournal journal = folder.Open();
        journal.OpenCursor("d");
        for (int first = 1; first <= Accepted; first += 10)
            await JournalFolder.AppendAsync(journal, Enumerable.Range(first, 10).Select(number => Json((ulong)number)));
    }

    /// <summary>Takes one segment away and overwrites a page of another.</summary>
    private static void Damage(JournalFolder folder, string lost)
    {
        string[] segments = folder.Segments;
        Assert.True(segments.Length > 4, $"There are {segments.Length} segments.");
        using (FileStream stream = File.OpenWrite(segments[1]))
        {
            stream.Position = 8192;
            stream.Write(new byte[4096]);
        }

        File.Delete(segments[lost switch
        {
            "oldest" => 0,
            "middle" => 2,
            _ => ^1,
        }]);
    }

    private static string Json(ulong sequence) =>
        $$"""{"event_id":"e-{{sequence}}","event_type":"{{(IsWanted(sequence) ? "Wanted" : "Other")}}","pad":"{{new string('x', 900)}}"}""";
}
