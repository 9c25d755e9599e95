using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Journal;

namespace AuditHost.Tests.Intake;

public sealed class StandardInputSourceTests
{
    private readonly RecordingSink _sink = new();
    private readonly RecordedRejections _rejected = new();
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData("chain10.jsonl", 10)]
    [InlineData("chain10.concatenated.json", 10)]
    [InlineData("cli_siem_export.pretty.json", 1)]
    public async Task Files_of_copybook_are_read_byte_for_byte(string name, int events)
    {
        byte[] content = Assets.Read(name);

        await RunAsync(content);

        Assert.Equal(events, _sink.Events.Length);
        Assert.Equal(Encoding.UTF8.GetString(content).Replace("\n", "", StringComparison.Ordinal), string.Concat(_sink.Events).Replace("\n", "", StringComparison.Ordinal));
        Assert.Empty(_rejected.Pieces);
    }

    [Theory]
    [InlineData("{\"a\":1}\r\n\r\n{\"a\":2}\r\n")]
    [InlineData("\uFEFF{\"a\":1}\n{\"a\":2}")]
    [InlineData("[{\"a\":1},\n {\"a\":2}]\n")]
    [InlineData("{\"a\":1} {\"a\":2}")]
    public async Task Line_ends_a_byte_order_mark_and_arrays_are_no_obstacle(string input)
    {
        await RunAsync(input);

        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], _sink.Events);
        Assert.Empty(_rejected.Pieces);
    }

    [Fact]
    public async Task Garbage_is_kept_with_its_place_and_the_events_around_it_are_taken()
    {
        await RunAsync("{\"a\":1}\nnot an event\n{\"a\":2}\n{\"a\":}\n{\"a\":3}\n");

        Assert.Equal(["{\"a\":1}", "{\"a\":2}", "{\"a\":3}"], _sink.Events);
        Assert.Equal([(8L, "not an event\n"), (29L, "{\"a\":}")], _rejected.Pieces.Select(piece => (piece.Offset, piece.Data)));
        Assert.True(_rejected.Syncs > 0);
    }

    [Theory]
    [InlineData("{\"a\":\"cut\n{\"a\":1}\n{\"a\":2}\n")]
    [InlineData("{\"a\":\n{\"a\":1}\n{\"a\":2}\n")]
    [InlineData("{\"a\":[1,\n{\"a\":1}\n{\"a\":2}\n")]
    [InlineData("{\"a\":1\n{\"a\":1}\n{\"a\":2}\n")]
    [InlineData("{\"a\":\"\\\n{\"a\":1}\n{\"a\":2}\n")]
    public async Task An_event_that_is_cut_off_takes_no_other_with_it(string input)
    {
        await RunAsync(input);

        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], _sink.Events);
        Assert.Equal(0, Assert.Single(_rejected.Pieces).Offset);
    }

    [Fact]
    public async Task A_part_of_a_broken_event_never_becomes_an_event()
    {
        await RunAsync("{\n  \"a\": \"broken\n\",\n  \"b\": [\n    {\"inner\": 1}\n  ]\n}\n{\"a\":2}\n");

        Assert.Equal(["{\"a\":2}"], _sink.Events);
        Assert.Single(_rejected.Pieces);
    }

    [Fact]
    public async Task What_is_cut_off_at_the_end_is_kept_as_rejected()
    {
        await RunAsync("{\"a\":1}{\"a\":");

        Assert.Equal(["{\"a\":1}"], _sink.Events);
        Assert.Equal("{\"a\":", Assert.Single(_rejected.Pieces).Data);
    }

    [Fact]
    public async Task Foreign_encodings_are_named()
    {
        await RunAsync(Encoding.Unicode.GetBytes("{\"a\":1}\n"));

        Assert.Empty(_sink.Events);
        Assert.Contains("UTF-16", _rejected.Pieces[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nesting_as_a_weapon_costs_one_rejected_piece()
    {
        await RunAsync(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "\n{\"a\":1}\n");

        Assert.Equal(["{\"a\":1}"], _sink.Events);
        Assert.Equal(500_001, Assert.Single(_rejected.Pieces).Length);
    }

    [Fact]
    public async Task An_event_too_large_is_rejected_alone()
    {
        string large = $$"""{"a":"{{new string('x', 3000)}}"}""";

        await RunAsync("{\"a\":1}" + large + "{\"a\":2}\n", maxEventBytes: 2048);

        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], _sink.Events);
        (long offset, long length, _, string reason) = Assert.Single(_rejected.Pieces);
        Assert.Equal((7, large.Length), (offset, length));
        Assert.Contains("max_event_bytes", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_journal_delays_a_batch_and_loses_nothing()
    {
        _sink.FailNext(new JournalFullException("full", TimeSpan.FromSeconds(7)));
        _sink.FailNext(new JournalFailedException("disk"));

        Task run = RunAsync("{\"a\":1}\n{\"a\":2}\n");
        await _time.WaitForTimersAsync();
        Assert.Equal(TimeSpan.FromSeconds(7), _time.AdvanceToNextTimer());
        await _time.WaitForTimersAsync();
        _time.AdvanceToNextTimer();
        await run;

        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], _sink.Events);
        Assert.Equal(3, _sink.Appends);
    }

    [Fact]
    public async Task Batches_stay_small_however_much_there_is()
    {
        await RunAsync(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"n\":{i}}}\n")));

        Assert.Equal(20_000, _sink.Events.Distinct().Count());
        Assert.InRange(_sink.LargestBatch, 1, 1000);
    }

    /// <summary>Seeded: the same input in other chunks gives the same events and the same rejected pieces.</summary>
    [Fact]
    public async Task Chunks_make_no_difference()
    {
        var random = new Random(20260331);
        string[] pieces =
        [
            "{\"a\":\"\\\"}{\\\\\"}", "\n", "\r\n", " ", "garbage { [ \"\n", "{\"b\":[{\"c\":{}},[]]}", "{\n \"d\": \"}\"\n}\n", "{\"e\":\"é🙂\"}",
            "{\"cut\":\"\n", "{\"cut\":\n", ",", "[", "]", "{]", "\0\u0001", "{\"f\":}\n",
        ];
        for (int round = 0; round < 300; round++)
        {
            byte[] input = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => pieces[random.Next(pieces.Length)])));
            (string[] wholeEvents, var wholeRejected) = await SplitAsync(input, () => int.MaxValue);
            (string[] events, var rejected) = await SplitAsync(input, () => random.Next(1, 8));

            Assert.Equal(wholeEvents, events);
            Assert.Equal(wholeRejected, rejected);
        }
    }

    /// <summary>An event that is no line of its own makes the splitter go on, and the lines behind it are lines again.</summary>
    [Theory]
    [InlineData("{\n\"a\":1}\n")]
    [InlineData("{\"a\":1} {\"a\":1}\n")]
    [InlineData("[{\"a\":1},\n{\"a\":1}]\n")]
    [InlineData("no event {\n")]
    [InlineData("{\"a\":}\n")]
    [InlineData("{\"a\":1}x\n")]
    [InlineData(" \t{\"a\":1} \r\n")]
    [InlineData("\n\r\n")]
    public async Task Lines_and_what_is_none_take_turns(string other)
    {
        const string Line = "{\"line\":1}\n";
        byte[] input = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"{Line}{other}{Line}{Line}", 20)));
        (string[] bytewise, var rejectedBytewise) = await SplitAsync(input, () => 1);

        (string[] whole, var rejected) = await SplitAsync(input, () => int.MaxValue);

        Assert.Equal(bytewise, whole);
        Assert.Equal(rejectedBytewise, rejected);
        Assert.Equal(60, whole.Count(json => json == Line.Trim()));
    }

    /// <summary>Seeded: valid events in any layout come out as they went in.</summary>
    [Fact]
    public async Task Valid_events_come_out_as_they_went_in()
    {
        var random = new Random(7);
        string[] separators = ["", "\n", "\r\n", "\n\n", " ", "\t\n", ","];
        string[] events = [.. Encoding.UTF8.GetString(Assets.Read("chain10.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        for (int round = 0; round < 50; round++)
        {
            string[] chosen = random.GetItems(events, 12);
            string input = string.Concat(chosen.Select(item => item + separators[random.Next(separators.Length)]));
            (string[] found, var rejected) = await SplitAsync(Encoding.UTF8.GetBytes(input), () => random.Next(1, 5000));

            Assert.Equal(chosen, found);
            Assert.Empty(rejected);
        }
    }

    private static async Task<(string[] Events, IReadOnlyList<(long Offset, long Length, string Data, string Reason)> Rejected)> SplitAsync(byte[] input, Func<int> size)
    {
        var sink = new RecordingSink();
        var rejected = new RecordedRejections();
        var source = new StandardInputSource(new StandardInputSourceOptions(), new ChunkedStream(input, size), sink, rejected, TimeProvider.System);
        await source.RunAsync(TestContext.Current.CancellationToken);
        return (sink.Events, rejected.Pieces);
    }

    private Task RunAsync(string input) => RunAsync(Encoding.UTF8.GetBytes(input));

    private Task RunAsync(string input, int maxEventBytes) => RunAsync(Encoding.UTF8.GetBytes(input), maxEventBytes);

    private async Task RunAsync(byte[] input, int maxEventBytes = 1 << 20)
    {
        var options = new StandardInputSourceOptions { MaxEventBytes = maxEventBytes };
        await using var stream = new MemoryStream(input);
        var source = new StandardInputSource(options, stream, _sink, _rejected, _time);
        await source.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(_sink.Events.Length, source.Counters.Accepted);
        Assert.Equal(_rejected.Pieces.Count, source.Counters.Rejected);
    }
}
