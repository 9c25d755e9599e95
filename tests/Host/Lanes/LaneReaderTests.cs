using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Lanes.Filters;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes;

public sealed class LaneReaderTests
{
    private const int Large = 300_000;

    [Theory]
    [InlineData(1)]
    [InlineData(32 << 20)]
    public async Task Batch_is_closed_before_it_pins_much_of_the_journal(int tailBytes)
    {
        using var folder = new JournalFolder { Options = new JournalOptions { ReserveBytes = 0, TailBytes = tailBytes } };
        await using EventJournal journal = folder.Open();
        for (int number = 1; number <= 60; number++)
            await JournalFolder.AppendAsync(journal, Json(number, "Wanted"), Json(number, "Other", Large));
        int outBefore = journal.Pool.Rented;
        BatchRenderer renderer = Renderer(journal, Framing.Newline);
        using var reader = new LaneReader(journal, new FilterSet([new FilterOptions.EventTypes(["Wanted"])]), renderer, Limits(maxEvents: 1000), 1);

        List<string> bodies = Walk(reader, renderer, batch => Assert.InRange(batch.HeldBytes, 1, LaneLimits.MaxHeldBytes + (1 << 20)));

        Assert.InRange(bodies.Count, 2, 12);
        Assert.Equal(string.Concat(Enumerable.Range(1, 60).Select(number => $"<e-{number}>\n")), string.Concat(bodies));
        reader.Dispose();
        Assert.Equal(outBefore, journal.Pool.Rented);
    }

    [Fact]
    public async Task Block_larger_than_a_batch_may_pin_still_makes_full_batches()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        await JournalFolder.AppendAsync(journal, Enumerable.Range(1, 40).Select(number => Json(number, "Wanted", Large)));
        BatchRenderer renderer = Renderer(journal, Framing.Newline);
        using var reader = new LaneReader(journal, new FilterSet([]), renderer, Limits(maxEvents: 10), 1);

        List<string> bodies = Walk(reader, renderer, batch => Assert.Equal(10, batch.Count));

        Assert.Equal(4, bodies.Count);
    }

    [Theory]
    [InlineData(Framing.None, 18, 3)]
    [InlineData(Framing.Newline, 18, 3)]
    [InlineData(Framing.Nul, 17, 2)]
    [InlineData(Framing.OctetCount, 21, 3)]
    [InlineData(Framing.JsonArray, 18, 2)]
    [InlineData(Framing.JsonArray, 19, 3)]
    public async Task Batch_takes_what_its_body_has_room_for_and_the_next_event_opens_another(Framing framing, int maxBytes, int events)
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        await JournalFolder.AppendAsync(journal, 1, 9);
        BatchRenderer renderer = Renderer(journal, framing);
        using var reader = new LaneReader(journal, new FilterSet([]), renderer, Limits(maxBytes: maxBytes), 1);
        List<int> counts = [];

        List<string> bodies = Walk(reader, renderer, batch => counts.Add(batch.Count));

        Assert.All(bodies, body => Assert.True(body.Length <= maxBytes, $"{body} has {body.Length} bytes."));
        Assert.All(counts.SkipLast(1), count => Assert.Equal(events, count));
        Assert.Equal(Enumerable.Range(1, 9).Select(number => $"<e-{number}>"), IdsIn(bodies));
    }

    [Theory]
    [InlineData(Framing.Newline)]
    [InlineData(Framing.JsonArray)]
    public async Task Event_larger_than_a_batch_goes_alone_and_holds_up_nothing(Framing framing)
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        await JournalFolder.AppendAsync(journal, Json("a"), Json(new string('b', 50)), Json("c"), Json("d"), Json(new string('e', 50)));
        BatchRenderer renderer = Renderer(journal, framing);
        using var reader = new LaneReader(journal, new FilterSet([]), renderer, Limits(maxBytes: 20), 1);

        List<string> bodies = Walk(reader, renderer, static _ => { });

        Assert.Equal(["<a>", $"<{new string('b', 50)}>", "<c>", "<d>", $"<{new string('e', 50)}>"], IdsIn(bodies));
        Assert.Equal(4, bodies.Count);
    }

    [Fact]
    public async Task Events_that_nothing_is_rendered_of_count_as_received()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        await JournalFolder.AppendAsync(journal, 1, 6);
        int length = JournalFolder.JsonOf(1).Length;
        var renderer = new BatchRenderer("d", journal.LogId, BatchContent.None, Framing.Newline, new IdFormatter(), null);
        using var reader = new LaneReader(journal, new FilterSet([]), renderer, Limits(maxBytes: 2 * length), 1);
        List<int> counts = [];

        Walk(reader, renderer, batch => counts.Add(batch.Count));

        Assert.Equal([2, 2, 2], counts);
    }

    [Fact]
    public async Task Stretches_follow_each_other_without_gaps()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        await JournalFolder.AppendAsync(journal, Enumerable.Range(1, 30).Select(number => Json(number, number % 4 == 0 ? "Wanted" : "Other")));
        BatchRenderer renderer = Renderer(journal, Framing.Newline);
        using var reader = new LaneReader(journal, new FilterSet([new FilterOptions.EventTypes(["Wanted"])]), renderer, Limits(maxBytes: 13), 1);
        ulong position = 1;

        Walk(reader, renderer, batch =>
        {
            Assert.Equal(position, batch.FirstSequence);
            Assert.Equal(batch.EndSequence - batch.FirstSequence, (ulong)(batch.Count + batch.Filtered));
            position = batch.EndSequence;
        });

        Assert.Equal(31ul, position);
    }

    [Fact]
    public async Task Reader_of_a_range_stops_before_its_end()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        await JournalFolder.AppendAsync(journal, 1, 9);
        BatchRenderer renderer = Renderer(journal, Framing.Newline);
        using var reader = new LaneReader(journal, new FilterSet([]), renderer, Limits(maxEvents: 2), 3, 6);

        Assert.Equal(["<e-3>\n<e-4>\n", "<e-5>\n"], Walk(reader, renderer, static _ => { }));
    }

    /// <summary>Fills batch after batch until the journal has nothing more.</summary>
    /// <returns>The bodies of those that hold events.</returns>
    private static List<string> Walk(LaneReader reader, BatchRenderer renderer, Action<LaneBatch> inspect)
    {
        List<string> bodies = [];
        using var scratch = new PooledBuffer(256);
        using var batch = new LaneBatch();
        for (FillResult result = FillResult.Full; result != FillResult.Exhausted;)
        {
            batch.Clear();
            batch.Open(reader.Position, 0);
            result = reader.Fill(batch);
            Assert.Equal(reader.Position, batch.EndSequence);
            if (batch.IsEmpty)
                continue;
            inspect(batch);
            if (batch.Count == 0)
                continue;
            using SealedBatch whole = renderer.Seal(batch, BatchPart.Whole(batch.Count), 1, scratch);
            bodies.Add(Encoding.UTF8.GetString(whole.Batch.Body.Span));
        }

        return bodies;
    }

    private static IEnumerable<string> IdsIn(IEnumerable<string> bodies) =>
        string.Concat(bodies).Split('<').Skip(1).Select(text => $"<{text[..(text.IndexOf('>', StringComparison.Ordinal) + 1)]}");

    private static BatchRenderer Renderer(EventJournal journal, Framing framing) =>
        new("d", journal.LogId, BatchContent.Body, framing, new IdFormatter(), null);

    private static LaneLimits Limits(int maxEvents = 500, int maxBytes = 1 << 20) => new(maxEvents, maxBytes, TimeSpan.Zero, 1);

    private static string Json(int number, string type, int padding = 0) =>
        $$"""{"event_id":"e-{{number}}","event_type":"{{type}}","pad":"{{new string('x', padding)}}"}""";

    private static string Json(string id) => $$"""{"event_id":"{{id}}"}""";
}
