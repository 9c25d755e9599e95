using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Intake.Deduplication;
using AuditHost.Journal;
using AuditHost.Tests.Journal;
using HttpSink = AuditHost.Tests.Intake.Http.RecordingSink;

namespace AuditHost.Tests.Intake.Deduplication;

[Promise("G4")]
public sealed class DeduplicatingSinkTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly HttpSink _journal = new();

    [Fact]
    public async Task Event_sent_again_is_accepted_and_not_stored_twice()
    {
        DeduplicatingSink sink = Sink();

        AppendReceipt first = await AppendAsync(sink, "a", "b");
        AppendReceipt again = await AppendAsync(sink, "b", "c", "a", "d");
        AppendReceipt nothingNew = await AppendAsync(sink, "d", "a");

        Assert.Equal(["a", "b", "c", "d"], Ids());
        Assert.Equal((2, 0), (first.Count, first.Duplicates));
        Assert.Equal((2, 2, 3ul, 4ul), (again.Count, again.Duplicates, again.First, again.Last));
        Assert.Equal((0, 2), (nothingNew.Count, nothingNew.Duplicates));
    }

    [Fact]
    public async Task Event_that_stands_twice_in_one_request_is_stored_once()
    {
        AppendReceipt receipt = await AppendAsync(Sink(), "a", "a", "b", "a");

        Assert.Equal(["a", "b"], Ids());
        Assert.Equal((2, 2), (receipt.Count, receipt.Duplicates));
    }

    [Fact]
    public async Task Same_id_over_other_bytes_is_another_event()
    {
        DeduplicatingSink sink = Sink();
        await sink.AppendAsync(Batch("""{"event_id":"a","n":1}"""), TestContext.Current.CancellationToken);
        await sink.AppendAsync(Batch("""{"event_id":"a","n":2}"""), TestContext.Current.CancellationToken);

        Assert.Equal(2, _journal.Events.Count);
    }

    [Fact]
    public async Task Events_without_an_id_are_all_stored()
    {
        DeduplicatingSink sink = Sink();
        await sink.AppendAsync(Batch("""{"event_type":"Beat"}""", """{"event_type":"Beat"}"""), TestContext.Current.CancellationToken);

        Assert.Equal(2, _journal.Events.Count);
    }

    [Fact]
    public async Task Events_that_the_journal_refused_are_stored_when_they_come_again()
    {
        DeduplicatingSink sink = Sink();
        _journal.Failure = new JournalFullException("full", TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<JournalFullException>(() => AppendAsync(sink, "a", "b"));
        _journal.Failure = null;

        AppendReceipt receipt = await AppendAsync(sink, "a", "b");

        Assert.Equal((2, 0), (receipt.Count, receipt.Duplicates));
        Assert.Equal(["a", "b"], Ids());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Second_sender_waits_for_how_the_first_ends_and_is_not_answered_before(bool fails)
    {
        DeduplicatingSink sink = Sink();
        var gate = new TaskCompletionSource();
        _journal.Gate = gate.Task;
        Task<AppendReceipt> first = AppendAsync(sink, "a");
        await _journal.Entered.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);

        Task<AppendReceipt> second = AppendAsync(sink, "b", "a");
        Assert.False(second.IsCompleted);
        _journal.Gate = Task.CompletedTask;
        if (fails)
            gate.SetException(new JournalFailedException("disk", new IOException()));
        else
            gate.SetResult();

        if (fails)
            await Assert.ThrowsAsync<JournalFailedException>(() => first);
        else
            await first;
        AppendReceipt receipt = await second.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(fails ? (2, 0) : (1, 1), (receipt.Count, receipt.Duplicates));
        Assert.Equal(fails ? ["b", "a"] : ["a", "b"], Ids());
    }

    [Fact]
    public async Task Event_is_known_for_the_window_and_forgotten_after_two()
    {
        DeduplicatingSink sink = Sink();
        await AppendAsync(sink, "a");
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, (await AppendAsync(sink, "a")).Duplicates);
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(0, (await AppendAsync(sink, "a")).Duplicates);
    }

    [Fact]
    public async Task No_more_events_are_remembered_than_allowed()
    {
        DeduplicatingSink sink = Sink(maxEvents: 10);
        for (int i = 0; i < 12; i++)
            await AppendAsync(sink, $"e{i}");

        Assert.Equal(1, (await AppendAsync(sink, "e11")).Duplicates);
        Assert.Equal(0, (await AppendAsync(sink, "e0")).Duplicates);
    }

    [Fact]
    public async Task Restarted_host_knows_what_is_in_the_journal()
    {
        using var folder = new JournalFolder();
        await using (EventJournal before = folder.Open())
            await JournalFolder.AppendAsync(before, 1, 5);
        await using EventJournal journal = folder.Open();
        var options = new DeduplicationOptions();
        var recent = new RecentEvents(options, TimeProvider.System);

        var key = FingerprintKey.Create();
        RecentEventsLoader.Load(journal, null, key, recent, options, TimeProvider.System);
        AppendReceipt receipt = await new DeduplicatingSink(journal, recent, key).AppendAsync(JournalFolder.BatchOf(4, 3), TestContext.Current.CancellationToken);

        Assert.Equal((1, 2, 6ul), (receipt.Count, receipt.Duplicates, receipt.First));
        Assert.Equal(7ul, journal.NextSequence);
    }

    [Fact]
    public async Task Event_that_many_send_at_once_is_stored_once_and_everybody_is_answered()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var sink = new DeduplicatingSink(journal, new RecentEvents(new DeduplicationOptions(), TimeProvider.System), FingerprintKey.Create());

        AppendReceipt[] receipts = await Task.WhenAll(Enumerable.Range(0, 200).Select(sender => Task.Run(
            async () => await sink.AppendAsync(JournalFolder.BatchOf(1 + (sender % 20), 10), TestContext.Current.CancellationToken)))).WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);

        Assert.All(receipts, receipt => Assert.Equal(10, receipt.Count + receipt.Duplicates));
        Assert.Equal(29, JournalFolder.ReadAll(journal.TryRead).Values.Distinct().Count());
        Assert.Equal(30ul, journal.NextSequence);
    }

    private DeduplicatingSink Sink(int maxEvents = 1000) =>
        new(_journal, new RecentEvents(new DeduplicationOptions { MaxEvents = maxEvents }, _time), FingerprintKey.Create());

    private static Task<AppendReceipt> AppendAsync(DeduplicatingSink sink, params IEnumerable<string> ids) =>
        sink.AppendAsync(Batch([.. ids.Select(id => $$"""{"event_id":"{{id}}"}""")]), TestContext.Current.CancellationToken).AsTask();

    private static IntakeBatch Batch(params IEnumerable<string> events)
    {
        var batch = new IntakeBatch();
        foreach (string text in events)
        {
            byte[] json = Encoding.UTF8.GetBytes(text);
            Assert.True(EventParser.TryParse(json, out EventIndex index, out _));
            batch.Add(json, index);
        }

        return batch;
    }

    private string[] Ids() => [.. _journal.Events.Select(text => text.Split('"')[3])];
}
